using System.Data.Common;
using Egida.Intake.Form;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Appeals;

/// <summary>
/// Somebody objects: no account, no cookie, no script. Whatever domain they name, they are answered in the same way: else the form would be a look-up for those who seek
/// what is on the list.
/// </summary>
internal sealed class FileAppeal(EgidaDb db, ActionBook actions, BlockingTerms terms, TimeProvider clock)
{
    public const int LongestText = 4000;
    public const int LongestDomain = 300;

    public static readonly ActionKind Kind = new("blocking.file-appeal");

    private const string Series = "EG-O";

    /// <returns>Field and the text that says what to do.</returns>
    internal static IReadOnlyList<(string Field, string Text)> Decide(AppealForm typed)
    {
        List<(string, string)> wrong = [];
        if (typed.Domain.Length is 0 or > LongestDomain) wrong.Add(("domain", "object.problem.domain"));
        if (typed.PartyCode is null) wrong.Add(("who", "object.problem.who"));
        if (typed.Details.Length is 0 or > LongestText) wrong.Add(("details", "object.problem.details"));
        if (typed.Mail.Length > 0 && MailBox.Parse(typed.Mail) is null) wrong.Add(("mail", "object.problem.mail"));
        return wrong;
    }

    /// <returns>The appeal, and whether the same form was sent before.</returns>
    public async Task<(BlockAppeal Appeal, bool Before)> Handle(AppealForm typed, string language, byte[] receipt, CancellationToken cancellation)
    {
        var id = Id.New<BlockAppealId>(clock);
        var action = actions.Begin(Kind, Actor.Public, id.Subject);
        await action.TakeTurn(cancellation);
        if (await db.Set<BlockAppeal>().SingleOrDefaultAsync(a => a.ReceiptHash == receipt, cancellation) is { } earlier)
        {
            await action.Leave();
            return (earlier, true);
        }

        var since = action.Now.AddHours(-1);
        var sent = await db.Set<BlockAppeal>().Where(a => !a.IsAboveBrake && a.FiledAt > since).Take(terms.AppealsPerHour).CountAsync(cancellation);
        // Asked for names that can't be on the list, too: that takes as long.
        var entry = await ProposeBlock.Covering(db, NameIn(typed.Domain)).OrderByDescending(b => b.Domain.Length).Select(b => (BlockedDomainId?)b.Id).FirstOrDefaultAsync(cancellation);
        var appeal = new BlockAppeal
        {
            Id = id,
            Number = await RunningNumber.Take(action, Series, cancellation),
            EntryId = entry,
            Domain = typed.Domain,
            Party = typed.PartyCode!.Value,
            Text = typed.Details,
            Language = language,
            ReceiptHash = receipt,
            Mail = typed.Mail.Length > 0 ? typed.Mail : null,
            FiledAt = action.Now,
            DecideDue = action.Now.AddDays(terms.AppealDecideWithinDays),
            IsAboveBrake = sent >= terms.AppealsPerHour,
        };
        db.Add(appeal);
        action.Emit(new BlockAppealFiled(id, appeal.Party));
        await action.Commit(cancellation);
        return (appeal, false);
    }

    /// <summary>People paste whole addresses: the name in it, or what can be no name at all.</summary>
    internal static string NameIn(string typed)
    {
        var text = typed.Trim();
        var start = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = text.AsSpan(start).IndexOfAny("/?#:\\") is >= 0 and var more ? start + more : text.Length;
        return DomainName.Read(text[start..end]).Name ?? "-";
    }

    internal static IResult Get(FormTokens tokens) => Show(new AppealForm(tokens.Issue(), "", "", "", ""), []);

    internal static async Task<IResult> Post(HttpRequest request, FormTokens tokens, FileAppeal file, Words words, CancellationToken cancellation)
    {
        var typed = AppealForm.Of(await request.ReadFormAsync(cancellation));
        if (tokens.Read(typed.Token) is not FormTokenReading.Good { Nonce: var nonce })
        {
            return Show(typed with { Token = tokens.Issue() }, [], typed.Token.Length == 0 ? null : "object.again");
        }

        if (Decide(typed) is { Count: > 0 } wrong)
        {
            return Show(typed, [.. wrong.Select(w => new FormError(w.Field, words.Of(w.Text, LongestText)))], status: StatusCodes.Status422UnprocessableEntity);
        }

        var receipt = tokens.ReceiptOf(nonce);
        try
        {
            var (appeal, before) = await file.Handle(typed, words.Language, receipt.Hash, cancellation);
            return Page.Of<ObjectionSentPage>(new { Receipt = receipt, Due = appeal.DecideDue, Before = before, HasMail = appeal.Mail is not null });
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            // Whoever filled it in keeps it; the same token makes sure that a second sending doubles nothing.
            return Show(typed, [], "object.not-stored", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Show(AppealForm typed, IReadOnlyList<FormError> errors, string? notice = null, int status = StatusCodes.Status200OK) =>
        Page.Of<ObjectPage>(new { Form = typed, Errors = errors, Notice = notice }, status);
}
