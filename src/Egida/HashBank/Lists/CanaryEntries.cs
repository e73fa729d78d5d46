using Egida.Match;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

/// <summary>The made-up entries of lists, from the secret in the key folder.</summary>
internal sealed class CanaryEntries(EgidaDb db, KeyFolder folder, IOptions<ListOptions> options)
{
    private readonly Canaries canaries = new(folder.Symmetric("list-canaries"));

    /// <summary>Those of a list, by ascending number.</summary>
    public Task<List<HashListCanary>> Of(HashList list, CancellationToken cancellation) =>
        db.Set<HashListCanary>().Where(c => c.ListId == list.Id).OrderBy(c => c.Number).ToListAsync(cancellation);

    /// <summary>It gets the class that most entries before it have, and keeps it.</summary>
    public ListRecord Entry(HashList list, HashListCanary canary, IReadOnlyDictionary<string, int> classes)
    {
        if (canary.Class is null && classes.Count > 0)
        {
            canary.Class = classes.MaxBy(c => c.Value).Key;
        }

        return Entry(list, canary) with { Class = canary.Class ?? (list.Classes.Length > 0 ? list.Classes.Split(',')[0] : "illegal") };
    }

    public ListRecord Entry(HashList list, HashListCanary canary) => canaries.Of(list.Series(options.Value.Origin), list.Recipient, canary.Number.Value, canary.Class ?? "-");
}
