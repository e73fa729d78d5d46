using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Blocking.Appeals;

/// <summary>The answer to whoever objected and left an address, in their language. It names no domain. Once a mail server has taken it, or it is certain that none will, the address is deleted.</summary>
internal sealed class SendAppealLetter(
    EgidaDb db, ActionBook actions, Contacts.Institution institution, Texts texts, SendLetter post, IOptions<MailOptions> mailOptions) : IWorkHandler
{
    public const string WorkKind = "blocking.send-appeal-letter";

    private static readonly Actor Blocking = Actor.System("blocking");

    public static class Kinds
    {
        public static readonly ActionKind Attempt = new("blocking.attempt-appeal-letter");
        public static readonly ActionKind Send = new(WorkKind);
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new BlockAppealId(work.SubjectId);
        var appeal = await db.Set<BlockAppeal>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (appeal?.Outcome is null || MailBox.Parse(appeal.Mail) is not { } to)
        {
            return new WorkOutcome.Done();
        }

        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var letter = new SendLetter.Letter(
            id.Value, Kinds.Attempt, Blocking, id.Subject, from, to, (at, earlier) => Task.FromResult(Compose(appeal, texts, institution, from, to, at, earlier)));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken taken => await End(work, appeal, a => a.AnsweredAt = taken.At, cancellation),
            SendLetter.Outcome.Stopped stopped => await End(work, appeal, a => a.AnswerStopped = stopped.Reason, cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain($"{later.Problem}: the answer to an objection did not certainly go; it is tried again"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static MailMessage Compose(BlockAppeal appeal, Texts texts, Contacts.Institution institution, MailBox from, MailBox to, DateTime at, DateTime? earlier)
    {
        var language = appeal.Language;
        var answer = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(ReadAppealReceipt.Decide(appeal.Outcome).ToString());
        string[] lines =
        [
            .. earlier is null ? (string[])[] : [texts.Get(language, "dispute.letter.duplicate"), ""],
            Of("object.letter.about", appeal.Number), "",
            texts.Get(language, $"object.answer.{answer}"), "",
            Of("object.letter.end", institution.Mail, appeal.Number), "",
            language == "pl" ? institution.Name : institution.EnglishName, institution.PostalAddress,
        ];
        return new MailMessage(from, to, Of("object.letter.subject", appeal.Number), $"{appeal.Id}@{institution.Domain}", at, [MailPart.Text(string.Join('\n', lines) + "\n")])
        {
            Headers = [new("Auto-Submitted", "auto-generated")],
        };

        string Of(string key, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.Get(language, key), values);
    }

    private async Task<WorkOutcome> End(WorkItem work, BlockAppeal appeal, Action<BlockAppeal> how, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Blocking, appeal.Id.Subject);
        how(appeal);
        appeal.Mail = null;
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
