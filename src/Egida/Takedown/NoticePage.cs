using System.Security.Cryptography;
using System.Text;
using Egida.Intake;
using Egida.Intake.Form;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>
/// The provider's page of one letter: what was notified, and an answer for each address. Opened by the letter's link: no account, no cookie, no script.
/// Opening it changes nothing, because programs open links in mails.
/// </summary>
public static class NoticePage
{
    /// <summary>One address of the letter and what the provider has said of it so far.</summary>
    public sealed record Row(Notice Notice, string Address, DateTime? RemovedAt, IReadOnlyList<NoticeAnswer> Answers);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapPublic("/notice/{link}");
        group.MapGet("", Get);
        group.MapPost("", Post);
        group.MapPost("/channel", WishChannel.Post);
    }

    private static async Task<IResult> Get(
        string link, int? sent, bool? wished, HttpContext context, EgidaDb db, NoticeLinks links, AnswerRates rates, FormTokens tokens, CancellationToken cancellation)
    {
        var (rows, refused) = await Open(link, context, db, links, rates, cancellation);
        return refused ?? Page.Of<NoticeAnswerPage>(new { Link = link, Rows = rows, Form = Blank(tokens, rows), Sent = sent, Wished = wished is true });
    }

    private static async Task<IResult> Post(
        string link, HttpContext context, EgidaDb db, NoticeLinks links, AnswerRates rates, FormTokens tokens, AnswerNotice answers, Words words, CancellationToken cancellation)
    {
        var (rows, refused) = await Open(link, context, db, links, rates, cancellation);
        if (refused is not null)
        {
            return refused;
        }

        var form = AnswerForm.Of(await context.Request.ReadFormAsync(cancellation));
        if (tokens.Read(form.Token) is not FormTokenReading.Good { Nonce: var nonce })
        {
            return Again(link, rows, form with { Token = tokens.Issue() }, [new FormError("answer", words["notice.problem.again"])]);
        }

        if (form.Problems([.. rows.Select(r => r.Notice.Number)]) is { Count: > 0 } wrong)
        {
            return Again(link, rows, form, [.. wrong.Select(w => new FormError(w.Field, words[w.Text]))]);
        }

        var meant = rows.Where(r => form.Numbers.Contains(r.Notice.Number)).ToList();
        foreach (var row in meant)
        {
            var origin = SHA256.HashData([.. nonce.Bytes, .. Encoding.UTF8.GetBytes(row.Notice.Id.ToString())]);
            await answers.Handle(
                row.Notice.Id,
                new AnswerNotice.Answer(
                    NoticeAnswerChannel.Page, form.Kind!.Value, form.Words.Length > 0 ? form.Words : null, form.HasStatement ? form.Statement : null, origin),
                cancellation);
        }

        return TypedResults.LocalRedirect($"/{words.Language}/notice/{link}?sent={meant.Count}");
    }

    /// <summary>The letter's own notices and no others; or why not.</summary>
    internal static async Task<(IReadOnlyList<Row> Rows, IResult? Refused)> Open(
        string link, HttpContext context, EgidaDb db, NoticeLinks links, AnswerRates rates, CancellationToken cancellation)
    {
        var reading = links.Read(link);
        if (reading is not NoticeLinks.Reading.Good { Letter: var letter })
        {
            return ([], reading is NoticeLinks.Reading.Expired
                ? Page.Of<NoticeExpiredPage>(status: StatusCodes.Status410Gone)
                : Problems.Page(context, StatusCodes.Status404NotFound));
        }

        if (!rates.Take(letter))
        {
            return ([], Problems.Page(context, StatusCodes.Status429TooManyRequests));
        }

        var rows = await Rows(db, letter, cancellation);
        return rows.Count > 0 ? (rows, null) : (rows, Problems.Page(context, StatusCodes.Status404NotFound));
    }

    private static async Task<IReadOnlyList<Row>> Rows(EgidaDb db, NoticeLetterId letter, CancellationToken cancellation)
    {
        // What was left out at the last second isn't the provider's to see; what came back later was in the letter.
        var rows = await (
            from notice in db.Set<Notice>().AsNoTracking()
            join item in db.Set<Item>().AsNoTracking() on notice.ItemId equals item.Id
            where notice.LetterId == letter && (notice.StoppedAt == null || notice.SentAt != null)
            orderby notice.Number, notice.Id
            select new { notice, item }).ToListAsync(cancellation);
        var chains = rows.Select(r => r.notice.Chain).ToList();
        var answers = (await (
            from answer in db.Set<NoticeAnswer>().AsNoTracking()
            join notice in db.Set<Notice>() on answer.NoticeId equals notice.Id
            where chains.Contains(notice.Chain)
            orderby answer.At
            select new { notice.Chain, answer }).ToListAsync(cancellation)).ToLookup(a => a.Chain, a => a.answer);
        return
        [
            .. rows.Select(r => new Row(
                r.notice, AddressDisplay.Visible(r.item.Address?.Reveal() ?? ""), r.item.Closure == ItemClosure.Removed ? r.item.ClosedAt : null, [.. answers[r.notice.Chain]])),
        ];
    }

    internal static AnswerForm Blank(FormTokens tokens, IReadOnlyList<Row> rows) => AnswerForm.Empty(tokens.Issue(), [.. rows.Select(r => r.Notice.Number)]);

    private static IResult Again(string link, IReadOnlyList<Row> rows, AnswerForm form, IReadOnlyList<FormError> errors) =>
        Page.Of<NoticeAnswerPage>(new { Link = link, Rows = rows, Form = form, Errors = errors }, StatusCodes.Status422UnprocessableEntity);
}
