using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

public sealed record CanarySightingSettled(HashListId ListId, CanarySightingId SightingId, StaffId SettledBy) : DomainEvent;

/// <summary>It is found out how somebody came to another's list, and what was done about it.</summary>
internal sealed class SettleCanarySighting(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.settle-canary") { ReasonRequired = true };

    public async Task<SpokenOutcome> Handle(CanarySightingId id, StaffId by, string? reason, CancellationToken cancellation)
    {
        var sighting = await db.Set<CanarySighting>().SingleOrDefaultAsync(s => s.Id == id && s.SettledAt == null, cancellation);
        if (sighting is null || !SpeakAgainst.IsReason(reason))
        {
            return sighting is null ? SpokenOutcome.NotFound : SpokenOutcome.ReasonMissing;
        }

        var action = actions.Begin(Kind, Actor.Of(by), sighting.ListId.Subject, reason);
        (sighting.SettledAt, sighting.SettledBy) = (action.Now, by);
        action.Emit(new CanarySightingSettled(sighting.ListId, id, by));
        await action.Commit(cancellation);
        return SpokenOutcome.Done;
    }

    internal static async Task<IResult> Post(
        CanarySightingId sightingId, HttpContext context, CurrentStaff staff, SettleCanarySighting settle, ShowHashLists show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        return await settle.Handle(sightingId, staff.Id, form[$"reason-{sightingId}"].ToString(), cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect("/staff/hash-bank/lists"),
            SpokenOutcome.ReasonMissing => await show.Answer(staff, OpenHashList.Input.Empty, [new FormError($"reason-{sightingId}", words.Of("hash-list.settle.missing", SpeakAgainst.LongestReason))], cancellation),
            _ => Problems.Page(context, StatusCodes.Status404NotFound),
        };
    }
}
