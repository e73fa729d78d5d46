using Egida.HashBank.Index;
using Egida.HashBank.Suggestions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>
/// Keeps the clusters, and the merges that are suggested, close behind the bank: a batch of changes at a time, each with the place that was reached in one commit, so that it goes on wherever it was
/// stopped. The first time those are all records there are. Any number of processes may try; one of them writes each batch, and it goes on: it knows who belongs to
/// whom, which another one would have to read from a table of millions.
/// </summary>
internal sealed class ClusterKeeper(BankIndex index, TimeProvider clock)
{
    private const int Step = 1 << 12;
    private const long Unknown = -1;

    /// <summary>Another process that hasn't gone on for so long is taken for gone. A batch that concerns a crowd, and the rest after it, take minutes.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim one = new(1);
    private MemberSet? members;
    private long known = Unknown;
    private long seen = Unknown;
    private DateTimeOffset seenAt;

    /// <summary>At once, whoever else may be at it.</summary>
    /// <returns>False if there is nothing more to do now.</returns>
    public Task<bool> Follow(EgidaDb db, CancellationToken cancellation) => Follow(db, atOnce: true, cancellation);

    /// <summary>The same, but what another process is at is left to it until it stands still.</summary>
    public Task<bool> FollowInTurn(EgidaDb db, CancellationToken cancellation) => Follow(db, atOnce: false, cancellation);

    private async Task<bool> Follow(EgidaDb db, bool atOnce, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var from = await db.Set<ClusterHead>().Select(h => h.Followed).SingleAsync(cancellation);
            if (!atOnce && !await HasTurn(db, from, cancellation))
            {
                return false;
            }

            var changed = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > from).OrderBy(r => r.Change).Take(Step).Select(r => new { r.Id, r.Change }).ToListAsync(cancellation);
            if (changed.Count == 0 && !await new SuggestionBook(db, index).IsDue(cancellation))
            {
                return false;
            }

            // After the rows: whatever they say is in the index then.
            await index.Follow(db, cancellation);
            if (members is null || known != from) (members, known) = (await Read(db, cancellation), from);
            var regrouped = new Regrouping(new ClusterSource(db, index), members);
            var ids = changed.ConvertAll(c => c.Id.Value);
            await regrouped.Run(ids, cancellation);
            // Somebody may have turned a suggestion down while no record changed.
            var to = changed.Count == 0 ? from : changed[^1].Change;
            if (!await new ClusterBook(db, index).Write(regrouped, ids, from, to, cancellation))
            {
                known = Unknown;
                return false;
            }

            foreach (var (record, row) in regrouped.Moved) members[record] = row is not null;
            known = to;
            return true;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>A process that has just begun tries once. Clusters that somebody set back to be worked out anew, nobody is at.</summary>
    private async Task<bool> HasTurn(EgidaDb db, long from, CancellationToken cancellation)
    {
        if (members is null || from <= known)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        if (from != seen || from == await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation))
        {
            (seen, seenAt) = (from, now);
        }

        return now - seenAt >= Patience;
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
