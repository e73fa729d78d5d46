using System.Globalization;
using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Disputes;

/// <summary>
/// Tells a partner that records it was told of have been corrected, how many, and where to fetch which: one letter for everything that was corrected
/// within a quarter of an hour, so that a source that withdraws a million sends one.
/// </summary>
internal sealed class SendCorrectionLetter(
    EgidaDb db, ActionBook actions, Contacts.Institution institution, Texts texts, SendLetter post, IOptions<MailOptions> mailOptions) : IWorkHandler
{
    public const string LookKind = "hash-bank.look-for-corrections";
    public const string WorkKind = "hash-bank.send-correction-letter";

    public static readonly TimeSpan Gathers = TimeSpan.FromMinutes(15);

    private static readonly Actor Bank = Actor.System("hash-bank");

    public static class Kinds
    {
        public static readonly ActionKind Look = new(LookKind);
        public static readonly ActionKind Intend = new("hash-bank.intend-correction-letter");
        public static readonly ActionKind Attempt = new("hash-bank.attempt-correction-letter");
        public static readonly ActionKind Send = new(WorkKind);
    }

    /// <summary>Something changed somewhere: in a while, who was told is looked up, once for all of it.</summary>
    public static NewWork Order(DateTime now) => new(LookKind, Guid.Empty) { DueAt = now + Gathers };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new HashPartnerId(work.SubjectId);
        var desk = await db.Set<CorrectionDesk>().SingleOrDefaultAsync(d => d.PartnerId == id, cancellation);
        if (desk is null || MailBox.Parse(desk.Mail) is not { } to || !await db.Set<HashPartner>().AnyAsync(p => p.Id == id && p.EndedAt == null, cancellation))
        {
            return new WorkOutcome.Done();
        }

        if (desk.Letter is null && !await Intend(desk, cancellation))
        {
            return new WorkOutcome.Done();
        }

        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var letter = new SendLetter.Letter(desk.Letter!.Value, Kinds.Attempt, Bank, id.Subject, from, to, (at, earlier) => Task.FromResult(Compose(desk, texts, institution, from, to, at, earlier)));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken => await End(work, desk, null, cancellation),
            SendLetter.Outcome.Stopped stopped => await End(work, desk, stopped.Reason, cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain($"{later.Problem}: a partner's letter did not certainly go; it is tried again"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>In both languages that partners' desks read.</summary>
    internal static MailMessage Compose(CorrectionDesk desk, Texts texts, Contacts.Institution institution, MailBox from, MailBox to, DateTime at, DateTime? earlier)
    {
        var lines = new[] { "pl", "en" }.SelectMany(language => (string[])
        [
            .. earlier is null ? (string[])[] : [texts.Get(language, "dispute.letter.duplicate"), ""],
            string.Format(CultureInfo.GetCultureInfo(language), texts.Get(language, "corrections.letter"), desk.LetterRecords, desk.ToldUpTo), "",
            string.Format(CultureInfo.GetCultureInfo(language), texts.Get(language, "corrections.letter.end"), institution.Mail), "",
            language == "pl" ? institution.Name : institution.EnglishName, "",
        ]);
        return new MailMessage(from, to, texts.Get("pl", "corrections.letter.subject") + " / " + texts.Get("en", "corrections.letter.subject"), $"{desk.Letter}@{institution.Domain}", at, [MailPart.Text(string.Join('\n', lines))])
        {
            Headers = [new("Auto-Submitted", "auto-generated")],
        };
    }

    /// <returns>False: nothing has changed of what it was told.</returns>
    private async Task<bool> Intend(CorrectionDesk desk, CancellationToken cancellation)
    {
        var head = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation);
        var count = await Corrections.Of(db, desk.PartnerId).CountAsync(r => r.Change > desk.ToldUpTo && r.Change <= head, cancellation);
        if (count == 0)
        {
            return false;
        }

        var action = actions.Begin(Kinds.Intend, Bank, desk.PartnerId.Subject);
        (desk.Letter, desk.LetterUpTo, desk.LetterRecords) = (Guid.CreateVersion7(action.Clock.GetUtcNow()), head, count);
        await action.Commit(cancellation);
        return true;
    }

    private async Task<WorkOutcome> End(WorkItem work, CorrectionDesk desk, string? stopped, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Bank, desk.PartnerId.Subject);
        (desk.ToldUpTo, desk.Letter, desk.StoppedBecause) = (stopped is null ? desk.LetterUpTo : desk.ToldUpTo, null, stopped);
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}

/// <summary>Finds the partners who have something to hear, and orders a letter for each.</summary>
internal sealed class LookForCorrections(EgidaDb db, ActionBook actions) : IWorkHandler
{
    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var desks = await db.Set<CorrectionDesk>().AsNoTracking().Where(d => d.Mail != null).ToListAsync(cancellation);
        var action = actions.Begin(SendCorrectionLetter.Kinds.Look, Actor.System("hash-bank"), "hash-bank:corrections");
        foreach (var desk in desks)
        {
            if (await Corrections.Of(db, desk.PartnerId).AnyAsync(r => r.Change > desk.ToldUpTo, cancellation))
            {
                action.Enqueue(new NewWork(SendCorrectionLetter.WorkKind, desk.PartnerId.Value));
            }
        }

        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
