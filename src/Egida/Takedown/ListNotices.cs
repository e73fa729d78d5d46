using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>Every notice, what the mail server said, and whether the item is still there.</summary>
public static class ListNotices
{
    public const int PageSize = 50;

    public sealed record Row(Notice Notice, Item Item, MailAttempt? LastAttempt, int Attempts, FollowUp? Follow);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/takedown").MapGet("", Handle).RequireRight(Right.SeeNotices);

    internal static async Task<IReadOnlyList<Row>> Rows(EgidaDb db, IQueryable<Notice> notices, CancellationToken cancellation)
    {
        var rows = await notices.AsNoTracking().ToListAsync(cancellation);
        var (ids, itemIds) = (rows.Select(n => n.Id.Value).ToList(), rows.Select(n => n.ItemId).Distinct().ToList());
        var attempts = (await db.Set<MailAttempt>().AsNoTracking().Where(a => ids.Contains(a.MessageOf)).ToListAsync(cancellation)).ToLookup(a => a.MessageOf);
        var items = await db.Set<Item>().AsNoTracking().Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var follows = await db.Set<FollowUp>().AsNoTracking().Where(f => itemIds.Contains(f.ItemId)).ToDictionaryAsync(f => f.ItemId, cancellation);
        return [.. rows.Select(n => new Row(n, items[n.ItemId], attempts[n.Id.Value].MaxBy(a => a.Ordinal), attempts[n.Id.Value].Count(), follows.GetValueOrDefault(n.ItemId)))];
    }

    private static async Task<RazorComponentResult> Handle(EgidaDb db, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<Notice>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return Page.Of<NoticesPage>(new
        {
            Rows = await Rows(db, db.Set<Notice>().OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Ordinal).Skip((shown - 1) * PageSize).Take(PageSize), cancellation),
            Count = count,
            PageNumber = shown,
        });
    }
}
