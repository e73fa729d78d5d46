using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Disputes;

/// <summary>
/// The answer to whoever left an address: whether something was changed, in their language, and no more. Once a mail server has taken it, or it is certain
/// that none will, the address is deleted.
/// </summary>
internal sealed class SendDisputeLetter(
    EgidaDb db, ActionBook actions, Contacts.Institution institution, Texts texts, SendLetter post, IOptions<MailOptions> mailOptions) : IWorkHandler
{
    public const string WorkKind = "hash-bank.send-dispute-letter";

    private static readonly Actor Bank = Actor.System("hash-bank");

    public static class Kinds
    {
        public static readonly ActionKind Attempt = new("hash-bank.attempt-dispute-letter");
        public static readonly ActionKind Send = new(WorkKind);
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new DisputeFilingId(work.SubjectId);
        var filing = await db.Set<DisputeFiling>().SingleOrDefaultAsync(f => f.Id == id, cancellation);
        var about = filing is null ? null : await db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.Id == filing.CaseId, cancellation);
        if (filing is null || about?.DecidedAt is null || MailBox.Parse(filing.Mail) is not { } to)
        {
            return new WorkOutcome.Done();
        }

        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var letter = new SendLetter.Letter(
            filing.Id.Value, Kinds.Attempt, Bank, about.Id.Subject, from, to, (at, earlier) => Task.FromResult(Compose(about, filing, texts, institution, from, to, at, earlier)));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken taken => await End(work, about, filing, f => f.AnsweredAt = taken.At, cancellation),
            SendLetter.Outcome.Stopped stopped => await End(work, about, filing, f => f.AnswerStopped = stopped.Reason, cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain($"{later.Problem}: the answer to a dispute did not certainly go; it is tried again"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static MailMessage Compose(
        DisputeCase about, DisputeFiling filing, Texts texts, Contacts.Institution institution, MailBox from, MailBox to, DateTime at, DateTime? earlier)
    {
        var language = filing.Language;
        var answer = ReadDisputeReceipt.Decide(about.State, about.Verdict);
        var number = filing.Number ?? about.Number;
        string[] lines =
        [
            .. earlier is null ? (string[])[] : [texts.Get(language, "dispute.letter.duplicate"), ""],
            Of("dispute.letter.about", number), "",
            texts.Get(language, $"dispute.answer.{PartnerDisputes.Code(answer)}"), "",
            Of("dispute.letter.end", institution.Mail, number), "",
            language == "pl" ? institution.Name : institution.EnglishName, institution.PostalAddress,
        ];
        return new MailMessage(from, to, Of("dispute.letter.subject", number), $"{filing.Id}@{institution.Domain}", at, [MailPart.Text(string.Join('\n', lines) + "\n")])
        {
            Headers = [new("Auto-Submitted", "auto-generated")],
        };

        string Of(string key, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.Get(language, key), values);
    }

    private async Task<WorkOutcome> End(WorkItem work, DisputeCase about, DisputeFiling filing, Action<DisputeFiling> how, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Bank, about.Id.Subject);
        how(filing);
        filing.Mail = null;
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
