using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

public sealed record CorrectionDeskSet(HashPartnerId PartnerId) : DomainEvent;

/// <summary>One partner: where it hears of corrections, what it has disputed, and the end of its access, which asks first.</summary>
public sealed class ShowPartner(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.set-correction-desk");

    /// <param name="Told">Records that it was told of.</param>
    /// <param name="Corrected">Those of them that were corrected since.</param>
    public sealed record Facts(HashPartner Partner, CorrectionDesk? Desk, int Told, int Corrected, int Disputes);

    internal static Task<IResult> Get(HashPartnerId partnerId, HttpContext context, CurrentStaff staff, ShowPartner show, CancellationToken cancellation) =>
        show.Page(partnerId, context, staff, null, [], cancellation);

    internal static async Task<IResult> PostDesk(HashPartnerId partnerId, HttpContext context, CurrentStaff staff, ShowPartner show, Words words, CancellationToken cancellation)
    {
        var typed = (await context.Request.ReadFormAsync(cancellation))["mail"].ToString().Trim();
        return typed.Length > 0 && MailBox.Parse(typed) is null
            ? await show.Page(partnerId, context, staff, typed, [new FormError("mail", words["dispute.enter.mail.problem"])], cancellation)
            : await show.Set(partnerId, typed.Length > 0 ? typed : null, staff.Id, cancellation)
                ? TypedResults.LocalRedirect($"/staff/hash-bank/partners/{partnerId}")
                : Problems.Page(context, StatusCodes.Status404NotFound);
    }

    /// <returns>False: there is no such partner.</returns>
    public async Task<bool> Set(HashPartnerId id, string? mail, StaffId by, CancellationToken cancellation)
    {
        if (!await db.Set<HashPartner>().AnyAsync(p => p.Id == id, cancellation))
        {
            return false;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        var desk = await db.Set<CorrectionDesk>().SingleOrDefaultAsync(d => d.PartnerId == id, cancellation);
        if (desk is null)
        {
            // Letters begin with what is corrected from now on; the rest it asks for.
            desk = new CorrectionDesk { PartnerId = id, ToldUpTo = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation) };
            db.Add(desk);
        }

        desk.Mail = mail;
        action.Emit(new CorrectionDeskSet(id));
        await action.Commit(cancellation);
        return true;
    }

    private async Task<IResult> Page(HashPartnerId id, HttpContext context, CurrentStaff staff, string? typed, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var partner = await db.Set<HashPartner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (partner is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var facts = new Facts(
            partner,
            await db.Set<CorrectionDesk>().AsNoTracking().SingleOrDefaultAsync(d => d.PartnerId == id, cancellation),
            await db.Set<RecordTold>().CountAsync(t => t.PartnerId == id, cancellation),
            await Corrections.Of(db, id).CountAsync(cancellation),
            await db.Set<DisputeFiling>().CountAsync(f => f.PartnerId == id, cancellation));
        return Platform.Web.Page.Of<PartnerPage>(
            new { Facts = facts, Staff = staff, Typed = typed, Errors = errors }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
