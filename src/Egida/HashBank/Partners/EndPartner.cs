using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

public sealed record PartnerEnded(HashPartnerId PartnerId, StaffId EndedBy) : DomainEvent;

/// <summary>A partner may look nothing up any more: its key fails from the next request on.</summary>
internal sealed class EndPartner(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.end-partner");

    public async Task<bool> Handle(HashPartnerId id, StaffId by, CancellationToken cancellation)
    {
        var partner = await db.Set<HashPartner>().SingleOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancellation);
        if (partner is null)
        {
            return false;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        partner.EndedAt = action.Now;
        action.Emit(new PartnerEnded(id, by));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(HashPartnerId partnerId, HttpContext context, CurrentStaff staff, EndPartner end, CancellationToken cancellation) =>
        await end.Handle(partnerId, staff.Id, cancellation) ? TypedResults.LocalRedirect("/staff/hash-bank/partners") : Problems.Page(context, StatusCodes.Status404NotFound);
}
