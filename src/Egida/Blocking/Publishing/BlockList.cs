using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Publishing;

/// <summary>The published list: its newest version, the next one, and what is in it.</summary>
internal sealed class BlockList(EgidaDb db, BlockingTerms terms, PublishingOptions options)
{
    public Task<BlockListVersion?> Newest(CancellationToken cancellation) =>
        db.Set<BlockListVersion>().OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);

    /// <summary>The next version, as part of an action that has the turn. It begins as a copy of the one before.</summary>
    public async Task<BlockListVersion> Next(ActionContext action, CancellationToken cancellation)
    {
        var last = await db.Set<BlockListVersion>().AsNoTracking().OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
        var now = action.Now.AddTicks(-(action.Now.Ticks % TimeSpan.TicksPerSecond));
        var next = new BlockListVersion
        {
            Number = (last?.Number ?? 0) + 1,
            // A clock that was set back doesn't make an older version of it.
            MadeAt = last is not null && now <= last.MadeAt ? last.MadeAt.AddSeconds(1) : now,
            ValidUntil = now + terms.Valid,
            Entries = last?.Entries ?? 0,
        };
        db.Add(next);
        return next;
    }

    /// <summary>What a version holds, and what was in an earlier one and has gone since.</summary>
    public async Task<ListSnapshot> Snapshot(BlockListVersion version, CancellationToken cancellation)
    {
        var entries = await db.Set<BlockedDomain>().AsNoTracking().Where(b => b.AddedIn != null && b.AddedIn <= version.Number).OrderBy(b => b.Position).ToListAsync(cancellation);
        return new ListSnapshot(version.Number, version.MadeAt, version.ValidUntil, terms, options,
            [.. entries.Select(b => ListedDomain.Of(b, version.Number)).OrderBy(d => d.Domain, StringComparer.Ordinal).ThenBy(d => d.Id)]);
    }
}
