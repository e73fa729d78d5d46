using Egida.Platform.Web;

namespace Egida.HashBank;

/// <summary>Somebody has a hash of any kind and wants to know what the bank knows about it, used or not.</summary>
internal static class FindHashRecord
{
    /// <param name="Hits">One per record, by its strongest hash; the nearest first.</param>
    /// <param name="Problem">The key of the text that says what is wrong with what was typed.</param>
    public sealed record Answer(IReadOnlyList<BankHit> Hits, string? Problem);

    /// <summary>For the command line: by any of a record's hashes.</summary>
    internal static readonly Func<BankSearch, string, CancellationToken, Task<IReadOnlyList<Found>>> Finder = async (search, typed, cancellation) =>
        [.. (await Handle(search, typed, radius: 0, cancellation)).Hits.Select(h => new Found("HashBank", h.Record.Id.ToString(), $"/staff/hash-bank/{h.Record.Id}"))];

    /// <summary>64 digits may be SHA-256 or PDQ: both are tried, and the page says which it was.</summary>
    public static async Task<Answer> Handle(BankSearch search, string typed, int radius, CancellationToken cancellation)
    {
        var readings = HashText.ReadAny(typed);
        if (readings.Count == 0)
        {
            return new Answer([], HashText.IsBase32Sha1(typed.Trim()) ? "hash-bank.bad.base32" : "hash-bank.find.problem");
        }

        var asked = readings.Select(r => new BankSearch.Asked(r.Kind, r.Value, r.Kind == HashKind.Pdq ? radius : 0)).ToList();
        var hits = (await search.Find(asked, cancellation)).SelectMany(h => h);
        return new Answer([.. hits.GroupBy(h => h.Record.Id).Select(g => g.MinBy(h => (h.Distance, h.Kind))!).OrderBy(h => h.Distance).ThenBy(h => h.Record.Id.Value)], null);
    }
}
