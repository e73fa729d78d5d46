using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record PasskeyRenamed(StaffId StaffId, PasskeyId PasskeyId) : DomainEvent;

public sealed record PasskeyRemoved(StaffId StaffId, PasskeyId PasskeyId) : DomainEvent;

/// <summary>One's own passkeys: another name, or away with it. The last way in stays: recovery codes are for one bad day and don't count.</summary>
internal static class KeepPasskey
{
    public static readonly ActionKind RenameKind = new("access.rename-passkey");

    public static readonly ActionKind RemoveKind = new("access.remove-passkey");

    internal static bool IsLastMeans(StaffMember member, int passkeys) => passkeys <= 1 && member.CodeSecret is null;

    /// <summary>POST /staff/me/passkeys/{id}/name</summary>
    internal static async Task<IResult> Rename(
        Guid id, [FromForm] string? name, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        if (await Own(db, staff, id, cancellation) is not { } passkey)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        if (AddPasskey.NameOf(name) is { } wanted && wanted != passkey.Data.Name)
        {
            var action = actions.Begin(RenameKind, staff.Actor, $"staff:{staff.Id}");
            passkey.Data.Name = wanted;
            action.Emit(new PasskeyRenamed(staff.Id, passkey.Id));
            await action.Commit(cancellation);
        }

        return TypedResults.LocalRedirect("/staff/me");
    }

    /// <summary>POST /staff/me/passkeys/{id}/remove</summary>
    internal static async Task<IResult> Remove(
        Guid id, HttpContext http, CurrentStaff staff, EgidaDb db, OwnAccessView view, ActionBook actions, UserManager<StaffMember> users, CancellationToken cancellation)
    {
        if (await Own(db, staff, id, cancellation) is not { } passkey)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        var member = await db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        if (IsLastMeans(member, await db.Set<StaffPasskey>().CountAsync(p => p.UserId == member.Id, cancellation)))
        {
            return await view.Show(staff, StatusCodes.Status409Conflict, notice: "access.passkey.last", cancellation: cancellation);
        }

        // The person's own stamp changes with it: of two removals at once the second is refused.
        var action = actions.Begin(RemoveKind, staff.Actor, $"staff:{staff.Id}");
        await users.RemovePasskeyAsync(member, passkey.CredentialId);
        action.Emit(new PasskeyRemoved(staff.Id, passkey.Id));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect("/staff/me");
    }

    private static Task<StaffPasskey?> Own(EgidaDb db, CurrentStaff staff, Guid id, CancellationToken cancellation)
    {
        var passkey = PasskeyId.From(id);
        return db.Set<StaffPasskey>().SingleOrDefaultAsync(p => p.Id == passkey && p.UserId == staff.Id.Value, cancellation);
    }
}
