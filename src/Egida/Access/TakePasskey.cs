using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record PasskeyUsed(StaffId StaffId, PasskeyId PasskeyId) : DomainEvent;

/// <summary>
/// A passkey answers our challenge: Identity checks challenge, origin, presence, verification, signature and counter; then the challenge is spent, the
/// counter kept and the use logged, in one commit. It counts as both factors, because the device asked for a finger, a face or a PIN.
/// </summary>
internal sealed class TakePasskey(SignInManager<StaffMember> signIn, EgidaDb db, ActionBook actions)
{
    public const int LongestAnswer = 32 * 1024;

    public static readonly ActionKind Kind = new("access.use-passkey");

    /// <param name="credential">What the browser's script sent.</param>
    /// <param name="only">Whose passkey it must be; null: of anybody who works here.</param>
    /// <param name="cancellation">Ends with the request.</param>
    /// <returns>Whose it was; null: refused, and that is in the log.</returns>
    public async Task<StaffMember?> Handle(string? credential, StaffId? only, CancellationToken cancellation)
    {
        if (await Read(credential) is not { Succeeded: true, User: var staff, Passkey: var passkey })
        {
            return await Refuse(only, cancellation);
        }

        var challenge = ChallengeOf(credential!);
        if (staff.DisabledAt is not null || (only is { } expected && staff.StaffId != expected) || await db.Set<SpentChallenge>().AnyAsync(c => c.Hash == challenge, cancellation))
        {
            return await Refuse(staff.StaffId, cancellation);
        }

        var action = actions.Begin(Kind, Actor.Of(staff.StaffId), $"staff:{staff.StaffId}");
        if (!(await signIn.UserManager.AddOrUpdatePasskeyAsync(staff, passkey)).Succeeded)
        {
            return await Refuse(staff.StaffId, cancellation);
        }

        var kept = await db.Set<StaffPasskey>().SingleAsync(p => p.CredentialId == passkey.CredentialId, cancellation);
        kept.LastUsedAt = action.Now;
        await Spend(action, staff.StaffId, challenge, cancellation);
        action.Emit(new PasskeyUsed(staff.StaffId, kept.Id));
        action.Emit(only is null ? new SignedIn(staff.StaffId, "passkey") : new ProvedAgain(staff.StaffId, "passkey"));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateException)
        {
            // The same answer at the same moment: one of the two was first.
            return await Refuse(staff.StaffId, cancellation);
        }

        return staff;
    }

    internal static byte[] ChallengeOf(string credential)
    {
        using var sent = JsonDocument.Parse(credential);
        using var client = JsonDocument.Parse(Base64Url.DecodeFromChars(sent.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString()));
        return SHA256.HashData(Base64Url.DecodeFromChars(client.RootElement.GetProperty("challenge").GetString()));
    }

    /// <summary>What this person spent before the last hour can't be answered any more: the cookie has run out.</summary>
    internal static async Task Spend(ActionContext action, StaffId staff, byte[] challenge, CancellationToken cancellation)
    {
        var old = action.Now.AddHours(-1);
        action.Db.RemoveRange(await action.Db.Set<SpentChallenge>().Where(c => c.Staff == staff && c.SpentAt < old).ToListAsync(cancellation));
        action.Db.Add(new SpentChallenge { Hash = challenge, Staff = staff, SpentAt = action.Now });
    }

    private async Task<PasskeyAssertionResult<StaffMember>?> Read(string? credential)
    {
        try
        {
            return credential is { Length: > 0 and <= LongestAnswer } ? await signIn.PerformPasskeyAssertionAsync(credential) : null;
        }
        catch (InvalidOperationException)
        {
            // Identity's word for: no challenge is under way in this browser, or one for adding a passkey.
            return null;
        }
    }

    private async Task<StaffMember?> Refuse(StaffId? staff, CancellationToken cancellation)
    {
        await SignInPages.LogRefusal(db, actions, staff, "passkey", cancellation);
        return null;
    }
}
