using Egida.HashBank.Index;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>
/// Keeps the clusters close behind the bank: a batch of changes at a time, each with the place that was reached in one commit, so that it goes on wherever it was
/// stopped. The first time those are all records there are. Any number of processes may try; one of them writes each batch.
/// </summary>
internal sealed class ClusterKeeper(BankIndex index)
{
    private const int Step = 1 << 12;

    private readonly SemaphoreSlim one = new(1);
    private MemberSet? members;
    private long known = -1;

    /// <returns>False if there is nothing more to do now.</returns>
    public async Task<bool> Follow(EgidaDb db, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var from = await db.Set<ClusterHead>().Select(h => h.Followed).SingleAsync(cancellation);
            var changed = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > from).OrderBy(r => r.Change).Take(Step).Select(r => new { r.Id, r.Change }).ToListAsync(cancellation);
            if (changed.Count == 0)
            {
                return false;
            }

            // After the rows: whatever they say is in the index then.
            await index.Follow(db, cancellation);
            if (members is null || known != from) members = await Read(db, cancellation);
            var regrouped = new Regrouping(new ClusterSource(db, index), members);
            await regrouped.Run(changed.Select(c => c.Id.Value), cancellation);
            var to = changed[^1].Change;
            if (await new ClusterBook(db).Write(regrouped, from, to, cancellation))
            {
                foreach (var (record, row) in regrouped.Moved) members[record] = row is not null;
                known = to;
            }

            return true;
        }
        finally
        {
            one.Release();
        }
    }

    private static async Task<MemberSet> Read(EgidaDb db, CancellationToken cancellation)
    {
        var members = new MemberSet();
        await foreach (var record in db.Set<ClusterMember>().AsNoTracking().Select(m => m.RecordId).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            members[record.Value] = true;
        }

        return members;
    }
}
