using Egida.Intake;
using Egida.Platform.Database;
using Egida.Takedown;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>What speaks for blocking a domain, and who else would be hit: its items, the tries to have them removed, and what else is known below the name.</summary>
/// <param name="OtherNames">Other names below it on which nothing illegal is known to stay.</param>
/// <param name="Lawful">Items on it that were found not to be illegal.</param>
public sealed record Grounds(IReadOnlyList<Grounds.Tried> Items, int OtherNames, int Lawful)
{
    /// <summary>A person has to answer for these.</summary>
    public int Others => OtherNames + Lawful;

    public IEnumerable<Tried> That(DateTime now, BlockingTerms terms) => Items.Where(i => i.Problem(now, terms) is null);

    /// <summary>An item on the domain.</summary>
    /// <param name="Notices">Those that a mail server took.</param>
    public sealed record Tried(Item Item, int Notices, DateTime? FirstAt, DateTime? LastAt)
    {
        /// <summary>Why blocking can't rest on it; the key of a text. Null: it can.</summary>
        public string? Problem(DateTime now, BlockingTerms terms) => this switch
        {
            { Item.Outcome: not ItemOutcome.Illegal } => "block.item.not-illegal",
            { Item.ClosedAt: not null } => "block.item.closed",
            { FirstAt: null } => "block.item.no-notice",
            { FirstAt: { } first } when first.AddHours(terms.TryRemovalForHours) > now => "block.item.too-early",
            _ => null,
        };
    }

    public static async Task<Grounds> Gather(EgidaDb db, string domain, BlockScope scope, CancellationToken cancellation)
    {
        // Many items stand on one name: those that are open first, and no more than a person reads.
        var below = "." + domain;
        var on = db.Set<Item>().AsNoTracking().Where(i => i.Host == domain || (scope == BlockScope.Domain && i.Host != null && i.Host.EndsWith(below)));
        var items = await on.OrderBy(i => i.ClosedAt != null).ThenByDescending(i => i.Outcome == ItemOutcome.Illegal).ThenBy(i => i.OpenedAt).Take(200).ToListAsync(cancellation);
        var ids = items.ConvertAll(i => i.Id);
        var sent = (await db.Set<Notice>().AsNoTracking().Where(n => ids.Contains(n.ItemId) && n.SentAt != null).Select(n => new { n.ItemId, At = n.SentAt!.Value }).ToListAsync(cancellation))
            .ToLookup(n => n.ItemId, n => n.At);
        var names = scope == BlockScope.Host
            ? 0
            : await db.Set<Item>().Where(i => i.Host != null && i.Host.EndsWith(below) && i.Host != "www." + domain).Select(i => i.Host)
                .Where(h => !db.Set<Item>().Any(i => i.Host == h && i.Outcome == ItemOutcome.Illegal && i.ClosedAt == null)).Distinct().CountAsync(cancellation);
        var lawful = await on.CountAsync(i => i.Outcome == ItemOutcome.NotIllegal, cancellation);
        return new Grounds(
            items.ConvertAll(i => new Tried(i, sent[i.Id].Count(), sent[i.Id].Any() ? sent[i.Id].Min() : null, sent[i.Id].Any() ? sent[i.Id].Max() : null)), names, lawful);
    }
}
