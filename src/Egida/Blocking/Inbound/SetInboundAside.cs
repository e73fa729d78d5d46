using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Inbound;

public sealed record InboundDomainSetAside(InboundDomainId DomainId, StaffId SetAsideBy) : DomainEvent;

/// <summary>Somebody looked at a domain of another's list, and it isn't for ours.</summary>
internal sealed class SetInboundAside(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("blocking.set-inbound-aside") { ReasonRequired = true };

    public async Task<bool> Handle(InboundDomainId id, string note, StaffId by, CancellationToken cancellation)
    {
        var domain = await db.Set<InboundDomain>().SingleOrDefaultAsync(d => d.Id == id && d.State == InboundState.Waiting, cancellation);
        if (domain is null) return false;

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, note);
        domain.SetAside(note, by, action.Now);
        action.Emit(new InboundDomainSetAside(id, by));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(
        InboundDomainId domainId, HttpContext context, CurrentStaff staff, SetInboundAside aside, ShowInbound show, Words words, CancellationToken cancellation)
    {
        var note = (await context.Request.ReadFormAsync(cancellation))["note"].ToString().Trim();
        if (note.Length is 0 or > ProposeBlock.LongestText)
        {
            return await show.Answer(staff, "", "", null, [new FormError($"note-{domainId}", words["inbound.note.problem"])], 1, cancellation);
        }

        return await aside.Handle(domainId, note, staff.Id, cancellation) ? TypedResults.LocalRedirect("/staff/blocking/inbound") : Problems.Page(context, StatusCodes.Status409Conflict);
    }
}
