using Egida.Access;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Publishing;

public sealed record BlockSubscriptionOpened(HashPartnerId PartnerId, StaffId OpenedBy) : DomainEvent;

public sealed record BlockSubscriptionClosed(HashPartnerId PartnerId, StaffId ClosedBy) : DomainEvent;

/// <summary>A network operator gets the list of domains from now on, or no more. Who isn't a partner yet becomes one that may look nothing up; its key is shown once.</summary>
internal sealed class OpenSubscription(EgidaDb db, ActionBook actions, ListKeys keys, Contacts.Institution institution, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("blocking.open-subscription");
    public static readonly ActionKind CloseKind = new("blocking.close-subscription");

    private const int PerMinute = 60;

    /// <param name="partner">Null for one whom nobody knows yet.</param>
    /// <returns>The key of a new partner, which is kept nowhere; false if there is no such partner.</returns>
    public async Task<(bool Done, string? Key)> Handle(HashPartnerId? partner, string name, StaffId by, CancellationToken cancellation)
    {
        var id = partner ?? Id.New<HashPartnerId>(clock);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        await action.TakeTurn(cancellation);
        if (partner is not null && !await db.Set<HashPartner>().AnyAsync(p => p.Id == id && p.EndedAt == null, cancellation))
        {
            await action.Leave();
            return (false, null);
        }

        var key = partner is null ? Admit(action, id, name, by) : null;
        if (await db.Set<BlockSubscription>().SingleOrDefaultAsync(s => s.PartnerId == id, cancellation) is { } before)
        {
            (before.OpenedAt, before.ClosedAt) = (action.Now, null);
        }
        else
        {
            db.Add(new BlockSubscription { PartnerId = id, OpenedBy = by, OpenedAt = action.Now });
        }

        await keys.RequireOne(action, cancellation);
        action.Emit(new BlockSubscriptionOpened(id, by));
        action.Enqueue(RenewBlockList.Order());
        await action.Commit(cancellation);
        return (true, key);
    }

    private string Admit(ActionContext action, HashPartnerId id, string name, StaffId by)
    {
        var key = HashPartner.NewKey();
        db.Add(new HashPartner
        {
            Id = id,
            Name = name,
            KeyHash = HashPartner.HashOf(key),
            Jurisdiction = institution.CountryCode,
            Kinds = PartnerKinds.None,
            MayKnow = PartnerKnowledge.None,
            LargestRadius = 0,
            PerMinute = PerMinute,
            Purposes = "domain-list",
            AdmittedBy = by,
            AdmittedAt = action.Now,
        });
        action.Emit(new PartnerAdmitted(id, by));
        return key;
    }

    public async Task<bool> Close(HashPartnerId partner, StaffId by, CancellationToken cancellation)
    {
        var subscription = await db.Set<BlockSubscription>().SingleOrDefaultAsync(s => s.PartnerId == partner && s.ClosedAt == null, cancellation);
        if (subscription is null) return false;

        var action = actions.Begin(CloseKind, Actor.Of(by), partner.Subject);
        subscription.ClosedAt = action.Now;
        action.Emit(new BlockSubscriptionClosed(partner, by));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, OpenSubscription open, ShowSubscriptions show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (name, chosen) = (form["name"].ToString().Trim(), form["partner"].ToString());
        HashPartnerId? partner = HashPartnerId.TryParse(chosen, out var id) ? id : null;
        if (partner is null && (chosen.Length > 0 || name.Length is 0 or > 120))
        {
            return await show.Answer(staff, name, null, [new FormError("name", words["block.operator.name.problem"])], cancellation);
        }

        var (done, key) = await open.Handle(partner, name, staff.Id, cancellation);
        return done ? await show.Answer(staff, "", key, [], cancellation) : await show.Answer(staff, name, null, [new FormError("partner", words["block.operator.partner.problem"])], cancellation);
    }

    internal static async Task<IResult> PostClose(HashPartnerId partnerId, HttpContext context, CurrentStaff staff, OpenSubscription open, CancellationToken cancellation) =>
        await open.Close(partnerId, staff.Id, cancellation) ? TypedResults.LocalRedirect("/staff/blocking/operators") : Problems.Page(context, StatusCodes.Status404NotFound);
}
