using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Looks;

/// <summary>Known videos that have content in common with a query's frames, as the library compares videos (docs/decisions/0082): candidates by the frame index, judged by their frames in the database.</summary>
internal sealed class VideoSearch(EgidaDb db, FrameLooks looks)
{
    /// <param name="change">The change that the answer is given at.</param>
    public async Task<IReadOnlyList<VideoHit>> Find(VideoHash query, long change, CancellationToken cancellation)
    {
        var rules = VideoRules.Default;
        await looks.Follow(db, change, cancellation);
        var shared = looks.Find([.. query.Frames.Select(f => f.Pdq)], rules.Distance);
        if (shared.Count == 0)
        {
            return [];
        }

        var numbers = shared.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(rules.MostCandidates).Select(s => new HashRecordId(s.Key)).Order(Comparer<HashRecordId>.Create((a, b) => a.Value.CompareTo(b.Value))).ToArray();
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(numbers).Contains(r.Id) && r.State != HashRecordState.Merged).OrderBy(r => r.Id).ToListAsync(cancellation);
        var frames = (await db.Set<FurtherHash>().AsNoTracking().Where(h => EF.Parameter(numbers).Contains(h.RecordId) && h.Kind == HashKind.Frame).ToListAsync(cancellation)).ToLookup(h => h.RecordId);
        // A frame that more than sixteen of them share is a title or a test card, however many videos there are in all.
        using var known = VideoIndex.Build(records.Select(r => HashOf(frames[r.Id])), rules);
        return [.. known.Find(query).Matches.Select(m => new VideoHit(new BankHit(records[m.Id], HashKind.Frame, Missing(m.Comparison)), m.Evidence, m.Comparison))];
    }

    /// <summary>A frame's place in its video stands for its second: contributors give one a second, and keep no other time.</summary>
    internal static VideoHash HashOf(IEnumerable<FurtherHash> frames) =>
        VideoHash.Of(frames.Select(f => new VideoFrame(f.Ordinal, f.Ordinal, Hash256.FromBytes(f.Value), f.Quality ?? 100)));

    /// <summary>Of a hundred frames of the query so many aren't in the known video.</summary>
    private static int Missing(VideoComparison comparison) => 100 - (int)Math.Floor(100 * comparison.QueryShare);
}

/// <summary>A known video that was found, and why it counts.</summary>
internal sealed record VideoHit(BankHit Hit, VideoEvidence Evidence, VideoComparison Comparison);
