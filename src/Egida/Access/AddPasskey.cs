using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record PasskeyAdded(StaffId StaffId, PasskeyId PasskeyId) : DomainEvent;

public sealed record PasskeyRefused(StaffId StaffId) : DomainEvent;

/// <summary>Somebody makes a passkey on a device of theirs, and we keep its public key. No attestation: which maker's device it is, we don't ask.</summary>
internal static class AddPasskey
{
    public const int LongestName = 60;

    public static readonly ActionKind Kind = new("access.add-passkey");

    public static readonly ActionKind RefuseKind = new("access.passkey-refused");

    /// <summary>POST /staff/me/passkeys/options</summary>
    internal static async Task<IResult> Options(HttpContext http, CurrentStaff staff, SecondProof proof, SignInManager<StaffMember> signIn, CancellationToken cancellation)
    {
        if (await proof.IsNeeded(staff, cancellation))
        {
            await StaffPages.LogRefusal(http, staff);
            return Problems.Page(http, StatusCodes.Status403Forbidden);
        }

        var member = await signIn.UserManager.FindByIdAsync(staff.Id.ToString());
        var entity = new PasskeyUserEntity { Id = staff.Id.ToString(), Name = member!.UserName!, DisplayName = staff.DisplayName };
        return TypedResults.Text(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    /// <summary>POST /staff/me/passkeys</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? name, [FromForm] string? credential, HttpContext http, CurrentStaff staff, EgidaDb db, SecondProof proof, OwnAccessView view, ActionBook actions,
        SignInManager<StaffMember> signIn, Words words, CancellationToken cancellation)
    {
        if (await proof.IsNeeded(staff, cancellation))
        {
            return await OwnAccess.Unproved(http, staff, view, cancellation);
        }

        var member = await db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        var subject = $"staff:{staff.Id}";
        if (await Read(signIn, credential) is not { Succeeded: true, Passkey: var passkey, UserEntity: var entity } || entity.Id != staff.Id.ToString())
        {
            return await Refuse();
        }

        var action = actions.Begin(Kind, staff.Actor, subject);
        passkey.Name = NameOf(name) ?? words.Of("access.passkey.unnamed", (await signIn.UserManager.GetPasskeysAsync(member)).Count + 1);
        var kept = await signIn.UserManager.AddOrUpdatePasskeyAsync(member, passkey);
        if (!kept.Succeeded)
        {
            return await Refuse();
        }

        await TakePasskey.Spend(action, staff.Id, TakePasskey.ChallengeOf(credential!), cancellation);
        action.Emit(new PasskeyAdded(staff.Id, db.ChangeTracker.Entries<StaffPasskey>().Single(e => e.State == EntityState.Added).Entity.Id));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateException)
        {
            // The same answer at the same moment, or sent again.
            return await Refuse();
        }

        return TypedResults.LocalRedirect("/staff/me");

        async Task<IResult> Refuse()
        {
            db.ChangeTracker.Clear();
            var refusal = actions.Begin(RefuseKind, staff.Actor, subject);
            refusal.Emit(new PasskeyRefused(staff.Id));
            await refusal.Commit(cancellation);
            return await view.Show(staff, StatusCodes.Status403Forbidden, notice: "access.passkey.not-added", cancellation: cancellation);
        }
    }

    internal static string? NameOf(string? typed) => typed?.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, LongestName)] : null;

    private static async Task<PasskeyAttestationResult?> Read(SignInManager<StaffMember> signIn, string? credential)
    {
        try
        {
            return credential is { Length: > 0 and <= TakePasskey.LongestAnswer } ? await signIn.PerformPasskeyAttestationAsync(credential) : null;
        }
        catch (InvalidOperationException)
        {
            // Identity's word for: no challenge is under way in this browser, or one for signing in.
            return null;
        }
    }
}
