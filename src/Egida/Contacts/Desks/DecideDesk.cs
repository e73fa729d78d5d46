using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Contacts.Desks;

/// <summary>Somebody decided about a desk. The notices of the items that waited are looked at again.</summary>
public sealed record AbuseDeskDecided(AbuseDeskId DeskId, bool Approved, IReadOnlyList<ItemId> Waited) : DomainEvent;

/// <summary>A person looks at a mailbox that a registry named, approves it or writes the right one, or refuses it, and says how they made sure.</summary>
public static class DecideDesk
{
    public const int LongestReason = 500;

    public static readonly ActionKind Kind = new("contacts.decide-desk") { ReasonRequired = true };

    /// <param name="Decision">`approve` or `refuse`.</param>
    public sealed record Input(string Decision, string Mail, string Reason);

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Approved(string Mail) : Outcome;

        public sealed record Refused : Outcome;

        /// <param name="Problems">Field and text key.</param>
        public sealed record NotLikeThis(IReadOnlyList<(string Field, string Text)> Problems) : Outcome;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapStaff("/contacts/desks");
        group.MapGet("/{deskId}", Show).RequireRight(Right.SeeContacts);
        group.MapPost("/{deskId}", Post).RequireRight(Right.ApproveContact);
    }

    internal static Outcome Decide(Input input)
    {
        var problems = new List<(string, string)>();
        var mail = MailBox.Parse(input.Mail);
        if (input.Decision == "approve" && mail is null)
        {
            problems.Add(("mail", "contacts.desk.problem.mail"));
        }

        if (string.IsNullOrWhiteSpace(input.Reason) || input.Reason.Length > LongestReason)
        {
            problems.Add(("reason", "contacts.desk.problem.reason"));
        }

        return (problems, input.Decision) switch
        {
            ({ Count: > 0 }, _) => new Outcome.NotLikeThis(problems),
            (_, "approve") => new Outcome.Approved(mail!.Address),
            _ => new Outcome.Refused(),
        };
    }

    private static Task<IResult> Show(AbuseDeskId deskId, HttpContext context, CurrentStaff staff, EgidaDb db, CancellationToken cancellation) =>
        Draw(deskId, context, staff, db, null, [], cancellation);

    private static async Task<IResult> Post(
        AbuseDeskId deskId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var input = new Input(form["decision"].ToString(), form["mail"].ToString(), form["reason"].ToString());
        if (input.Decision is not ("approve" or "refuse"))
        {
            return Problems.Page(context, StatusCodes.Status400BadRequest);
        }

        if (await db.Set<AbuseDesk>().FirstOrDefaultAsync(d => d.Id == deskId, cancellation) is not { } desk)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var outcome = Decide(input);
        if (outcome is Outcome.NotLikeThis wrong)
        {
            return await Draw(deskId, context, staff, db, input, [.. wrong.Problems.Select(p => new FormError(p.Field, words[p.Text]))], cancellation);
        }

        var action = actions.Begin(Kind, staff.Actor, $"desk:{deskId}", input.Reason);
        if (outcome is Outcome.Approved approved)
        {
            desk.Approve(approved.Mail, staff.Id, action.Now, action.Reason!);
        }
        else
        {
            desk.Refuse(staff.Id, action.Now, action.Reason!);
        }

        // An item that begins to wait at this moment is either among these or sees the decision.
        await action.TakeTurn(cancellation);
        var waits = await db.Set<DeskWait>().Where(w => w.DeskId == deskId).ToListAsync(cancellation);
        db.RemoveRange(waits);
        action.Emit(new AbuseDeskDecided(deskId, outcome is Outcome.Approved, [.. waits.Select(w => w.ItemId)]));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect($"/staff/contacts/desks/{deskId}");
    }

    private static async Task<IResult> Draw(
        AbuseDeskId deskId, HttpContext context, CurrentStaff staff, EgidaDb db, Input? input, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        if (await db.Set<AbuseDesk>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == deskId, cancellation) is not { } desk)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var waiting = await (from wait in db.Set<DeskWait>() join item in db.Set<Item>() on wait.ItemId equals item.Id where wait.DeskId == deskId orderby wait.Since select item)
            .AsNoTracking().Take(50).ToListAsync(cancellation);
        var by = desk.DecidedBy is { } who
            ? await db.Set<StaffMember>().Where(s => s.Id == who.Value).Select(s => s.DisplayName).FirstOrDefaultAsync(cancellation)
            : null;
        return Page.Of<DeskPage>(
            new { Desk = desk, Waiting = waiting, DecidedBy = by, MayDecide = staff.Has(Right.ApproveContact), Input = input, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
