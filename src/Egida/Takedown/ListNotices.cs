using System.Text.Json;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
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

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapStaff("/takedown");
        group.MapGet("", Handle).RequireRight(Right.SeeNotices);
        group.MapPost("/answers/{answerId}/read", NoteAnswer.Post).RequireRight(Right.ReadNoticeAnswer);
    }

    internal static async Task<IReadOnlyList<Row>> Rows(EgidaDb db, IQueryable<Notice> notices, CancellationToken cancellation)
    {
        var rows = await notices.AsNoTracking().ToListAsync(cancellation);
        var (ids, itemIds) = (rows.Select(n => n.LetterId.Value).Distinct().ToList(), rows.Select(n => n.ItemId).Distinct().ToList());
        var attempts = (await db.Set<MailAttempt>().AsNoTracking().Where(a => ids.Contains(a.MessageOf)).ToListAsync(cancellation)).ToLookup(a => a.MessageOf);
        var items = await db.Set<Item>().AsNoTracking().Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var follows = await db.Set<FollowUp>().AsNoTracking().Where(f => itemIds.Contains(f.ItemId)).ToDictionaryAsync(f => f.ItemId, cancellation);
        return [.. rows.Select(n => new Row(n, items[n.ItemId], attempts[n.LetterId.Value].MaxBy(a => a.Ordinal), attempts[n.LetterId.Value].Count(), follows.GetValueOrDefault(n.ItemId)))];
    }

    /// <summary>Why the last attempt to tell the provider stopped before a letter, if nothing has been sent or tried since; a code.</summary>
    internal static async Task<string?> WithheldBecause(EgidaDb db, ItemId item, IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        var last = await db.Set<EventEntry>().AsNoTracking().Where(e => e.Subject == item.Subject && e.Type == nameof(NoticeWithheld))
            .OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancellation);
        return last is null || rows.Any(r => r.Notice.StoppedAt is null && r.Notice.CreatedAt > last.At)
            ? null
            : JsonSerializer.Deserialize<NoticeWithheld>(last.Data, DomainEvent.Json)!.Reason;
    }

    private static async Task<IReadOnlyList<NoticeAnswers.Row>> Unread(EgidaDb db, CancellationToken cancellation)
    {
        var rows = await (
            from answer in NoteAnswer.Unread(db).AsNoTracking()
            join notice in db.Set<Notice>().AsNoTracking() on answer.NoticeId equals notice.Id
            orderby answer.At
            select new { notice.Number, answer }).Take(PageSize).ToListAsync(cancellation);
        return [.. rows.Select(r => new NoticeAnswers.Row(r.Number, r.answer))];
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
            Answers = await Unread(db, cancellation),
            Wishes = await db.Set<DeskWish>().AsNoTracking().OrderByDescending(w => w.At).Take(PageSize).ToListAsync(cancellation),
        });
    }
}
