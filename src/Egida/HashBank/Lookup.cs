using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// Is this known? The very bytes first (SHA-256, SHA-1), then pictures that look the same (PDQ). MD5 alone only gives a hint: two files with one MD5
/// are made in seconds (docs/decisions/0055). Only records that two people stand for are ever used.
/// </summary>
internal sealed class Lookup(EgidaDb db, BankSearch search)
{
    /// <summary>Published threshold of PDQ: a picture within 31 of 256 bits is the same picture, re-encoded or resized.</summary>
    public const int Radius = 31;

    /// <param name="Md5">Lower-case hex, as the others.</param>
    /// <param name="Turned">PDQ of the picture in its eight turned and mirrored ways; empty where there is no picture.</param>
    public sealed record Query(string Md5, string Sha1, string Sha256, IReadOnlyList<Hash256> Turned, int Quality);

    /// <param name="Distance">0 for an exact match.</param>
    public sealed record Match(HashRecordId Record, HashKind Kind, int Distance);

    /// <param name="Hint">A record that shares a weak hash and nothing stronger: a person looks, and it decides nothing.</param>
    public sealed record Found(Match? Known, HashRecordId? Hint);

    public async Task<Found> Find(Query query, CancellationToken cancellation)
    {
        List<BankSearch.Asked> asked =
        [
            new(HashKind.Md5, Convert.FromHexString(query.Md5)), new(HashKind.Sha1, Convert.FromHexString(query.Sha1)), new(HashKind.Sha256, Convert.FromHexString(query.Sha256)),
            // Copies are passed on turned and mirrored: the nearest of all eight ways counts.
            .. query.Quality < HashText.LeastQuality ? [] : query.Turned.Where(way => HashText.ShowsSomething(way.ToByteArray(), null)).Select(way => new BankSearch.Asked(HashKind.Pdq, way.ToByteArray(), Radius)),
        ];
        var hits = Answerable.Among([.. (await search.Find(asked, cancellation)).SelectMany(h => h)]).ToList();
        var exact = hits.Where(h => h.Kind != HashKind.Pdq).ToList();
        var labelled = await Labelled(hits, cancellation);
        var known = Strongest([.. exact.Where(labelled.Contains).Where(h => Proves(h.Kind, h.Record.Sha256 is not null)).Select(MatchOf)])
            ?? Nearest(labelled.Where(h => h.Kind == HashKind.Pdq));
        return new Found(known, known is null ? (Strongest([.. exact.Select(MatchOf)]) ?? Nearest(hits))?.Record : null);
    }

    /// <summary>
    /// May nobody look, because the bytes are the same beyond doubt? SHA-256 says so. SHA-1 does where the record has nothing stronger (lists of others);
    /// where it has, and that differs, these are other bytes made to look the same. MD5 never does.
    /// </summary>
    internal static bool Proves(HashKind kind, bool recordHasSha256) => kind switch
    {
        HashKind.Sha256 => true,
        HashKind.Sha1 => !recordHasSha256,
        _ => false,
    };

    /// <summary>The hash that is hardest to forge decides; among several records the oldest.</summary>
    internal static Match? Strongest(IReadOnlyList<Match> exact) =>
        exact.OrderByDescending(m => m.Kind).ThenBy(m => m.Record.Value).FirstOrDefault();

    private static Match? Nearest(IEnumerable<BankHit> hits) => hits.OrderBy(h => h.Distance).ThenBy(h => h.Record.Id.Value).Select(MatchOf).FirstOrDefault();

    /// <summary>
    /// A list that says "known" and not what it is spares nobody a look: without labels the law derives nothing, and the item would count as harmless. Such a record
    /// is a hint.
    /// </summary>
    private async Task<HashSet<BankHit>> Labelled(List<BankHit> hits, CancellationToken cancellation)
    {
        var ids = hits.Select(h => h.Record.ClassificationId).OfType<int>().Distinct().ToList();
        var labelled = ids.Count == 0 ? [] : await db.Set<Classification>().Where(c => ids.Contains(c.Id) && c.Labels != "{}").Select(c => c.Id).ToHashSetAsync(cancellation);
        return [.. hits.Where(h => h.Record.ClassificationId is { } id && labelled.Contains(id))];
    }

    private static Match MatchOf(BankHit hit) => new(hit.Record.Id, hit.Kind, hit.Distance);
}
