using System.Text.Json;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// The second assessor says what they see, not who was right: what follows for the record comes from comparing the two. Whatever must change is said by
/// ordinary statements, so that the rule decides what holds, and lists and partners learn it as they learn every change.
/// </summary>
internal sealed class DecideDispute(EgidaDb db, ActionBook actions, RecordBook book, BlindTo blind)
{
    public static readonly ActionKind Kind = new("hash-bank.decide-dispute") { ReasonRequired = true };

    /// <summary>What the assessor sees.</summary>
    public enum Sight
    {
        /// <summary>What the bank is for; the labels say what.</summary>
        Known,
        Harmless,

        /// <summary>It can't be told, or the hashes aren't of what they are said to be of: it must go.</summary>
        Unfounded,
    }

    public enum Outcome
    {
        Done,
        NotFound,

        /// <summary>They don't hold the case.</summary>
        NotTheirs,
    }

    internal static DisputeVerdict Decide(Sight sight, Classification? fresh, Classification? held, bool isBenign) => sight switch
    {
        Sight.Unfounded => DisputeVerdict.Withdrawn,
        Sight.Harmless => isBenign ? DisputeVerdict.Stands : DisputeVerdict.NegativeList,
        _ => !isBenign && (held is null || Agrees(fresh!, held)) ? DisputeVerdict.Stands : DisputeVerdict.Corrected,
    };

    /// <summary>
    /// In the same scheme the labels are compared; across schemes only what both say the outcome is somewhere, because their codes mean different things. A list
    /// that says "known" and nothing else is agreed with by whoever sees known material.
    /// </summary>
    internal static bool Agrees(Classification fresh, Classification held)
    {
        if (SchemeOf(fresh) == SchemeOf(held))
        {
            return Labels(fresh) == Labels(held);
        }

        var (mine, theirs) = (Outcomes(fresh), Outcomes(held));
        return theirs.All(outcome => !mine.TryGetValue(outcome.Key, out var same) || same == outcome.Value);

        static string SchemeOf(Classification c) => c.Scheme.Split('/')[0];
        static Dictionary<string, string> Outcomes(Classification c) => JsonSerializer.Deserialize<Dictionary<string, string>>(c.Outcomes) ?? [];
        static string Labels(Classification c) => string.Join(';', (JsonSerializer.Deserialize<Dictionary<string, List<string>>>(c.Labels) ?? [])
            .OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={string.Join(',', l.Value.Order(StringComparer.Ordinal))}"));
    }

    public async Task<Outcome> Handle(HashDisputeId id, StaffId by, Sight sight, Classification? fresh, string finding, CancellationToken cancellation)
    {
        var known = await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (known?.RecordId is not { } recordId)
        {
            return known is null ? Outcome.NotFound : Outcome.NotTheirs;
        }

        var action = actions.Begin(Kind, Actor.Of(by), recordId.Subject, finding);
        await book.Open(action, cancellation);
        var about = await db.Set<DisputeCase>().SingleAsync(c => c.Id == id, cancellation);
        if (about is not { State: DisputeState.Taken } || about.Assessor != by || !await blind.MayAssess(about, by, cancellation))
        {
            await action.Leave();
            return Outcome.NotTheirs;
        }

        var record = await db.Set<HashRecord>().SingleAsync(r => r.Id == recordId, cancellation);
        var held = await db.Set<Classification>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == record.ClassificationId, cancellation);
        var verdict = Decide(sight, fresh, held, record.IsBenign);
        await Say(action, record, verdict, sight, fresh, by, cancellation);
        about.Decide(verdict, finding.Trim(), by, action.Now);
        action.Emit(new HashDisputeDecided(id, recordId, verdict));
        await OrderLetters(db, action, id, cancellation);
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    /// <summary>Everybody who left an address.</summary>
    internal static async Task OrderLetters(EgidaDb db, ActionContext action, HashDisputeId id, CancellationToken cancellation)
    {
        foreach (var filing in await db.Set<DisputeFiling>().Where(f => f.CaseId == id && f.Mail != null).Select(f => f.Id).ToListAsync(cancellation))
        {
            action.Enqueue(new NewWork(SendDisputeLetter.WorkKind, filing.Value));
        }
    }

    /// <summary>
    /// What changes is taken out first, so that nothing said before counts any more, and then said anew by one person: a second one confirms it before it is used,
    /// as with every record.
    /// </summary>
    private async Task Say(ActionContext action, HashRecord record, DisputeVerdict verdict, Sight sight, Classification? fresh, StaffId by, CancellationToken cancellation)
    {
        WhatHolds.Word? taken = null;
        if (verdict != DisputeVerdict.Stands)
        {
            taken = await book.Contribute(record, book.Begin(action, RecordBook.Speaker.Of(by)), Says.Withdraws, classification: null, cancellation);
            action.Emit(new HashRecordWithdrawn(record.Id, by));
        }

        if (verdict != DisputeVerdict.Withdrawn)
        {
            await book.Contribute(
                record, book.Begin(action, RecordBook.Speaker.Of(by)), sight == Sight.Harmless ? Says.Benign : Says.Known, fresh, cancellation, justSaid: taken);
        }
    }

    internal static async Task<IResult> Post(
        HashDisputeId disputeId, HttpContext context, CurrentStaff staff, DecideDispute decide, ShowDispute show, FreshLabels labels, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var sent = new CaseView.Sent(form);
        List<FormError> wrong = [];
        if (!Enum.TryParse<Sight>(sent.Sight, out var sight) || !Enum.IsDefined(sight)) wrong.Add(new("sight", words["dispute.decide.sight.problem"]));
        if (!SpeakAgainst.IsReason(sent.Finding)) wrong.Add(new("finding", words.Of("dispute.decide.finding.problem", SpeakAgainst.LongestReason)));
        Classification? fresh = null;
        if (wrong.All(w => w.Field != "sight") && sight == Sight.Known)
        {
            switch (labels.Read(sent.Of))
            {
                case FreshLabels.Reading.Complete complete:
                    fresh = complete.Classification;
                    break;
                case FreshLabels.Reading.Missing missing:
                    wrong.AddRange(missing.Groups.Select(g => new FormError(CaseView.Sent.Name(g), words.Of("dispute.decide.label.problem", labels.Groups.First(l => l.Code == g).Name[words.Language]))));
                    break;
            }
        }

        return wrong.Count > 0
            ? await show.Page(disputeId, context, staff, sent, wrong, cancellation)
            : await decide.Handle(disputeId, staff.Id, sight, fresh, sent.Finding, cancellation) switch
            {
                Outcome.Done => TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{disputeId}"),
                Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
                _ => Problems.Page(context, StatusCodes.Status403Forbidden),
            };
    }
}
