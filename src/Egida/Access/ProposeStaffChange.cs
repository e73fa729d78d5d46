using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record StaffChangeProposed(StaffChangeId ChangeId, StaffId Subject, StaffChangeKind Kind, Role? Role) : DomainEvent;

/// <summary>An operator proposes that somebody's rights change, and says why. Nothing changes until another person agrees.</summary>
internal static class ProposeStaffChange
{
    public const int ReasonAtMost = 500;

    public static readonly ActionKind Kind = new("access.propose-staff-change") { ReasonRequired = true };

    /// <summary>GET /staff/access</summary>
    internal static async Task<IResult> Get(CurrentStaff staff, EgidaDb db, CancellationToken cancellation) => await Show(staff, db, [], cancellation);

    /// <summary>POST /staff/access/changes</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? subject, [FromForm] string? change, [FromForm] string? role, [FromForm] string? reason,
        CurrentStaff staff, EgidaDb db, ActionBook actions, Words words, CancellationToken cancellation)
    {
        var kind = Enum.GetValues<StaffChangeKind>().Cast<StaffChangeKind?>().FirstOrDefault(k => k.ToString() == change);
        var wanted = Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => r.ToString() == role);
        var needsRole = kind is StaffChangeKind.GiveRole or StaffChangeKind.TakeRole;
        var errors = new List<FormError>();
        if (!StaffId.TryParse(subject, out var who) || !await db.Set<StaffMember>().AnyAsync(s => s.Id == who.Value, cancellation))
        {
            errors.Add(new FormError("subject", words["access.change.subject.missing"]));
        }

        if (kind is null || (needsRole && wanted is null))
        {
            errors.Add(new FormError("change", words["access.change.kind.missing"]));
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonAtMost)
        {
            errors.Add(new FormError("reason", words["access.change.reason.missing"]));
        }

        if (errors.Count > 0)
        {
            return await Show(staff, db, errors, cancellation);
        }

        await Propose(actions, staff.Actor, staff.Id, who, kind!.Value, needsRole ? wanted : null, reason!, cancellation);
        return TypedResults.LocalRedirect("/staff/access");
    }

    internal static async Task Propose(
        ActionBook actions, Actor actor, StaffId by, StaffId subject, StaffChangeKind kind, Role? role, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, actor, $"staff:{subject}", reason);
        var proposed = new StaffChange
        {
            Id = Id.New<StaffChangeId>(action.Clock),
            Subject = subject,
            Kind = kind,
            Role = role,
            ProposedBy = by,
            ProposedAt = action.Now,
            Reason = action.Reason!,
        };
        action.Db.Add(proposed);
        action.Emit(new StaffChangeProposed(proposed.Id, subject, kind, role));
        await action.Commit(cancellation);
    }

    /// <summary>For the command line, where nobody is signed in.</summary>
    internal static async Task<bool> May(IServiceProvider services, StaffId staff, CancellationToken cancellation)
    {
        var roles = await services.GetRequiredService<EgidaDb>().Set<StaffRole>().Where(r => r.Staff == staff).Select(r => r.Role).ToListAsync(cancellation);
        return roles.Any(role => RightsTable.Holds(role, Right.ProposeStaffChange));
    }

    private static async Task<IResult> Show(CurrentStaff staff, EgidaDb db, IReadOnlyList<FormError> errors, CancellationToken cancellation) =>
        Page.Of<StaffListPage>(new
        {
            Staff = staff,
            Members = await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.DisplayName).ToListAsync(cancellation),
            Roles = await db.Set<StaffRole>().AsNoTracking().ToListAsync(cancellation),
            Changes = await db.Set<StaffChange>().AsNoTracking().Where(c => c.State == StaffChangeState.Proposed).OrderBy(c => c.ProposedAt).ToListAsync(cancellation),
            Errors = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
