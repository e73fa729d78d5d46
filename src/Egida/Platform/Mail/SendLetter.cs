using Egida.Platform.Actions;
using Egida.Platform.Database;

namespace Egida.Platform.Mail;

/// <summary>
/// Sends one letter at most twice, the second copy marked, and never loses it. The attempt is committed before the mail server is spoken to, its
/// end by itself afterwards: whatever becomes of what follows, a letter that a server took isn't sent again.
/// </summary>
internal sealed class SendLetter(EgidaDb db, ActionBook actions, SubmitMessage mail)
{
    /// <param name="Id">Of the notice, package …: one message, one Message-ID, however often it is tried.</param>
    /// <param name="Attempt">The kind of action that an attempt's beginning and end are.</param>
    /// <param name="Compose">Given the instant and, for a second copy, since when the fate of the first is unknown.</param>
    public sealed record Letter(
        Guid Id, ActionKind Attempt, Actor By, string Subject, MailBox From, MailBox To, Func<DateTime, DateTime?, Task<MailMessage>> Compose);

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>A mail server took it, now or at an earlier try.</summary>
        public sealed record Taken(DateTime At) : Outcome;

        /// <summary>It will not be sent any more; the reason is a code.</summary>
        public sealed record Stopped(string Reason) : Outcome;

        public sealed record NotYet(string Problem) : Outcome;
    }

    public async Task<Outcome> Send(Letter letter, CancellationToken cancellation)
    {
        var attempts = await MailAttempts.Of(db, letter.Id, cancellation);
        return NextAttempt.Decide(attempts) switch
        {
            NextAttempt.Delivered delivered => new Outcome.Taken(delivered.By.EndedAt ?? delivered.By.BegunAt),
            NextAttempt.Refused refused => new Outcome.Stopped(refused.By.Problem ?? "refused"),
            NextAttempt.AskPerson => new Outcome.Stopped("outcome-unknown-twice"),
            NextAttempt.Send send => await Attempt(letter, send, send.PossibleDuplicate ? MailAttempts.UnknownSince(attempts) : null, cancellation),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<Outcome> Attempt(Letter letter, NextAttempt.Send send, DateTime? unknownSince, CancellationToken cancellation)
    {
        var begun = actions.Begin(letter.Attempt, letter.By, letter.Subject);
        var attempt = MailAttempts.Begin(begun, letter.Id, send);
        var message = ComposeMessage.Compose(await letter.Compose(begun.Now, unknownSince));
        await begun.Commit(cancellation);
        var outcome = await mail.Submit(message, letter.From, letter.To, cancellation);

        // Whoever was told to stop meanwhile still knows the answer, and writes it down.
        var ended = actions.Begin(letter.Attempt, letter.By, letter.Subject);
        attempt.End(outcome, ended.Now);
        await ended.Commit(CancellationToken.None);
        return outcome switch
        {
            SubmissionOutcome.Accepted => new Outcome.Taken(ended.Now),
            SubmissionOutcome.Refused { Permanent: true } refused => new Outcome.Stopped(refused.Problem),
            _ => new Outcome.NotYet(attempt.Problem ?? "mail"),
        };
    }
}
