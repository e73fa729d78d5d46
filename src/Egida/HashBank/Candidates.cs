using Egida.HashBank.Index;
using Egida.HashSearch;

namespace Egida.HashBank;

/// <summary>For each hash of a question the numbers of the records that may have it, in one list: a thousand hashes of which nothing is known cost no memory.</summary>
internal sealed class Candidates
{
    private readonly List<int> numbers = [];
    private readonly int[] ends;

    public Candidates(IReadOnlyList<BankSearch.Asked> asked, BankIndex index)
    {
        ends = new int[asked.Count];
        var near = new NearMatches();
        for (var i = 0; i < asked.Count; i++)
        {
            var first = numbers.Count;
            index.Find(asked[i].Kind, asked[i].Value, numbers);
            if (asked[i].Kind == HashKind.Pdq)
            {
                AddNear(asked[i], first, near, index);
            }

            ends[i] = numbers.Count;
        }
    }

    /// <summary>All of them, each once.</summary>
    public HashSet<int> All => [.. numbers];

    public ReadOnlySpan<int> Of(int asked) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers)[(asked == 0 ? 0 : ends[asked - 1])..ends[asked]];

    private void AddNear(BankSearch.Asked asked, int first, NearMatches near, BankIndex index)
    {
        near.Clear();
        index.FindNear(Hash256.FromBytes(asked.Value), asked.Radius, near);
        // A record may have been found by its very value, too; of those there are few.
        var exact = numbers.Count;
        foreach (var match in near.AsSpan()[..Math.Min(near.Count, BankSearch.MostLookalikes)])
        {
            if (numbers.IndexOf(match.Id, first, exact - first) < 0)
            {
                numbers.Add(match.Id);
            }
        }
    }
}
