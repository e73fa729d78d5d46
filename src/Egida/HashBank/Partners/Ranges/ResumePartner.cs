using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners.Ranges;

public sealed record PartnerResumed(HashPartnerId PartnerId, StaffId ResumedBy) : DomainEvent;

/// <summary>Somebody has spoken with a partner that asked for too many ranges: it may go on, and ask for twice as many in this epoch.</summary>
internal sealed class ResumePartner(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.resume-partner") { ReasonRequired = true };

    public async Task<SpokenOutcome> Handle(HashPartnerId id, StaffId by, string? reason, CancellationToken cancellation)
    {
        var partner = await db.Set<HashPartner>().SingleOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancellation);
        if (partner is null || partner.RangesStoppedAt is null)
        {
            return partner is null ? SpokenOutcome.NotFound : SpokenOutcome.NothingToDo;
        }

        if (!SpeakAgainst.IsReason(reason))
        {
            return SpokenOutcome.ReasonMissing;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, reason);
        partner.RangesStoppedAt = null;
        foreach (var use in await db.Set<RangeUse>().Where(u => u.PartnerId == id).OrderByDescending(u => u.Epoch).Take(2 * RangeShelf.Kinds.Count).ToListAsync(cancellation))
        {
            use.Allowed *= 2;
        }

        action.Emit(new PartnerResumed(id, by));
        await action.Commit(cancellation);
        return SpokenOutcome.Done;
    }

    internal static async Task<IResult> Post(HashPartnerId partnerId, HttpContext context, CurrentStaff staff, EgidaDb db, ResumePartner resume, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        return await resume.Handle(partnerId, staff.Id, form["why"].ToString(), cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect("/staff/hash-bank/partners"),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            SpokenOutcome.NothingToDo => Problems.Page(context, StatusCodes.Status409Conflict),
            _ => await AdmitPartner.Answer(db, staff, AdmitPartner.Input.Empty, [new FormError("why", words.Of("hash-partner.resume.missing", SpeakAgainst.LongestReason))], null, cancellation),
        };
    }
}
