using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Triage;

public sealed record ItemClaimed(ItemId ItemId, ReadingStage Stage) : DomainEvent;

public sealed class TriageOptions
{
    /// <summary>A claim that nothing came of is free again after this long.</summary>
    public TimeSpan ClaimLasts { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Nobody holds more than this at once.</summary>
    public int MostClaims { get; set; } = 3;
}

/// <summary>An analyst takes an item; from then on nobody else can, and nobody reads the same item twice.</summary>
internal static class ClaimItem
{
    public static readonly ActionKind Kind = new("triage.claim-item");

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Claimed : Outcome;

        /// <summary>The same person claims again: nothing changes.</summary>
        public sealed record Already : Outcome;

        /// <param name="Why">A code: `held`, `read-before`, `needs-senior`, `too-many`, `not-waiting`.</param>
        public sealed record Refused(string Why) : Outcome;
    }

    internal static Outcome Decide(QueueEntry entry, StaffId staff, bool maySettle, int heldAlready, TriageOptions options, DateTime now) => entry switch
    {
        { DoneAt: not null } => new Outcome.Refused("not-waiting"),
        _ when entry.ClaimedBy == staff => new Outcome.Already(),
        { ClaimedAt: { } since } when since + options.ClaimLasts > now => new Outcome.Refused("held"),
        _ when entry.FirstReader == staff || entry.SecondReader == staff => new Outcome.Refused("read-before"),
        { Stage: ReadingStage.Third } when !maySettle => new Outcome.Refused("needs-senior"),
        _ when heldAlready >= options.MostClaims => new Outcome.Refused("too-many"),
        _ => new Outcome.Claimed(),
    };

    internal static async Task<Outcome> Handle(
        ItemId itemId, CurrentStaff staff, EgidaDb db, ActionBook actions, IOptions<TriageOptions> options, CancellationToken cancellation)
    {
        var entry = await db.Set<QueueEntry>().SingleOrDefaultAsync(q => q.ItemId == itemId, cancellation);
        if (entry is null)
        {
            return new Outcome.Refused("not-waiting");
        }

        var held = await db.Set<QueueEntry>().CountAsync(q => q.ClaimedBy == staff.Id && q.DoneAt == null, cancellation);
        var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
        var outcome = Decide(entry, staff.Id, staff.Has(Right.SettleDifference), held, options.Value, action.Now);
        if (outcome is Outcome.Claimed)
        {
            entry.Claim(staff.Id, action.Now);
            action.Emit(new ItemClaimed(itemId, entry.Stage));
            try
            {
                await action.Commit(cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return new Outcome.Refused("held");
            }
        }

        return outcome;
    }

    /// <summary>POST /staff/triage/{itemId}/claim</summary>
    internal static async Task<IResult> Post(
        ItemId itemId, CurrentStaff staff, EgidaDb db, ActionBook actions, IOptions<TriageOptions> options, CancellationToken cancellation) =>
        await Handle(itemId, staff, db, actions, options, cancellation) switch
        {
            Outcome.Refused refused => TypedResults.LocalRedirect($"/staff/triage?refused={refused.Why}"),
            _ => TypedResults.LocalRedirect($"/staff/assessment/{itemId}"),
        };
}
