using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// Is this known? The very bytes first (SHA-256, SHA-1), then pictures that look the same (PDQ). MD5 alone only gives a hint: two files with one MD5
/// are made in seconds (docs/decisions/0055). Only records that two people stand for are ever used.
/// </summary>
internal sealed class Lookup(EgidaDb db, ConfirmedPictures pictures)
{
    /// <summary>Published threshold of PDQ: a picture within 31 of 256 bits is the same picture, re-encoded or resized.</summary>
    public const int Radius = 31;

    /// <summary>Below it a picture has too little structure: flat pictures all look alike.</summary>
    public const int LeastQuality = 50;

    /// <param name="Md5">Lower-case hex, as the others.</param>
    /// <param name="Turned">PDQ of the picture in its eight turned and mirrored ways; empty where there is no picture.</param>
    public sealed record Query(string Md5, string Sha1, string Sha256, IReadOnlyList<Hash256> Turned, int Quality);

    /// <param name="Distance">0 for an exact match.</param>
    public sealed record Match(HashRecordId Record, HashKind Kind, int Distance);

    /// <param name="Hint">A record that shares a weak hash and nothing stronger: a person looks, and it decides nothing.</param>
    public sealed record Found(Match? Known, HashRecordId? Hint);

    public async Task<Found> Find(Query query, CancellationToken cancellation)
    {
        var exact = await db.Set<RecordHash>()
            .Where(h => (h.Kind == HashKind.Sha256 && h.Value == query.Sha256)
                || (h.Kind == HashKind.Sha1 && h.Value == query.Sha1)
                || (h.Kind == HashKind.Md5 && h.Value == query.Md5))
            .Join(db.Set<HashRecord>().Where(r => r.State == HashRecordState.Confirmed), h => h.RecordId, r => r.Id, (h, r) => new
            {
                h.Kind,
                r.Id,
                HasSha256 = r.Hashes.Any(own => own.Kind == HashKind.Sha256),
            })
            .ToListAsync(cancellation);
        var known = Strongest([.. exact.Where(e => Proves(e.Kind, e.HasSha256)).Select(e => new Match(e.Id, e.Kind, 0))])
            ?? (query.Turned.Count > 0 && query.Quality >= LeastQuality ? Nearest(query.Turned, await pictures.Current(db, cancellation)) : null);
        return new Found(known, known is null ? Strongest([.. exact.Select(e => new Match(e.Id, e.Kind, 0))])?.Record : null);
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

    /// <summary>Copies are passed on turned and mirrored: the nearest of all eight ways counts.</summary>
    internal static Match? Nearest(IEnumerable<Hash256> turned, ConfirmedPictures.Snapshot known) => turned
        .Select(way => known.Search.Nearest(way, Radius))
        .OfType<NearMatch>()
        .OrderBy(m => m.Distance).ThenBy(m => m.Id)
        .Select(m => new Match(known.Records[m.Id], HashKind.Pdq, m.Distance))
        .FirstOrDefault();
}
