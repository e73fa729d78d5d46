using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>The PDQ hashes of all confirmed records, in memory. Asks the database before every use whether they still are all.</summary>
internal sealed class ConfirmedPictures : IDisposable
{
    private readonly SemaphoreSlim refreshing = new(1);
    private Snapshot current = new(-1, new NearSearch(), []);

    /// <param name="Stamp">The bank's state: see <see cref="StampOf"/>.</param>
    /// <param name="Records">The record of every id in <paramref name="Search"/>.</param>
    public sealed record Snapshot(long Stamp, NearSearch Search, IReadOnlyList<HashRecordId> Records);

    public async Task<Snapshot> Current(EgidaDb db, CancellationToken cancellation)
    {
        await refreshing.WaitAsync(cancellation);
        try
        {
            // The stamp first: what is confirmed between the two reads is loaded now and once more next time.
            var stamp = await StampOf(db, cancellation);
            return current.Stamp == stamp ? current : current = await Load(db, stamp, cancellation);
        }
        finally
        {
            refreshing.Release();
        }
    }

    public void Dispose() => refreshing.Dispose();

    /// <summary>Records are never deleted and every change raises a version: this number rises with each change, whichever process makes it.</summary>
    private static async Task<long> StampOf(EgidaDb db, CancellationToken cancellation) =>
        await db.Set<HashRecord>().SumAsync(r => 1L + r.Version, cancellation);

    private static async Task<Snapshot> Load(EgidaDb db, long stamp, CancellationToken cancellation)
    {
        var (search, records) = (new NearSearch(), new List<HashRecordId>());
        var hashes = db.Set<RecordHash>().AsNoTracking()
            .Where(h => h.Kind == HashKind.Pdq && h.Quality >= Lookup.LeastQuality)
            .Join(db.Set<HashRecord>().Where(r => r.State == HashRecordState.Confirmed), h => h.RecordId, r => r.Id, (h, r) => new { h.Value, r.Id })
            .OrderBy(h => h.Id)
            .AsAsyncEnumerable();
        await foreach (var hash in hashes.WithCancellation(cancellation))
        {
            search.Add(Hash256.Parse(hash.Value), records.Count);
            records.Add(hash.Id);
        }

        return new Snapshot(stamp, search, records);
    }
}
