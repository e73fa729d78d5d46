using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>The numbers of the classifications that an import uses: a few hundred for millions of rows.</summary>
internal sealed class KeptClassifications
{
    private readonly Dictionary<Hash256, int> numbers = [];
    private Classification? last;
    private int lastNumber;

    /// <summary>Afterwards all that the rows name have a number; those that are new are added to the action.</summary>
    public async Task Learn(EgidaDb db, BankHead head, IReadOnlyList<PreparedRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            if (row.Row is ImportRow.Item { Classification: { } said } && !ReferenceEquals(said, last) && !numbers.ContainsKey(Hash256.FromBytes(said.Key)))
            {
                var known = await db.Set<Classification>().AsNoTracking().SingleOrDefaultAsync(c => c.Key == said.Key, cancellation);
                if (known is null)
                {
                    said.Id = ++head.Classifications;
                    db.Add(said);
                }

                numbers.Add(Hash256.FromBytes(said.Key), known?.Id ?? said.Id);
            }
        }
    }

    public int Of(Classification said)
    {
        if (!ReferenceEquals(said, last))
        {
            (last, lastNumber) = (said, numbers[Hash256.FromBytes(said.Key)]);
        }

        return lastNumber;
    }

    /// <summary>What was learnt for a batch that wasn't kept isn't true.</summary>
    public void Forget()
    {
        numbers.Clear();
        last = null;
    }
}
