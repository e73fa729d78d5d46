using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>A code of the code app, or one of the ten recovery codes, is taken once. Every wrong one is counted, also when many come at the same moment.</summary>
internal sealed class TakeCode(EgidaDb db, ActionBook actions, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly ActionKind RecoveryKind = new("access.use-recovery-code");

    public static readonly ActionKind ProveKind = new("access.prove-again");

    /// <param name="staff">Whose code it must be; null: there is nobody of that name.</param>
    /// <param name="code">As typed.</param>
    /// <param name="again">Somebody signed in proves again that it is them.</param>
    /// <param name="cancellation">Ends with the request.</param>
    /// <returns>False: refused, and that is in the log.</returns>
    public async Task<bool> Handle(StaffMember? staff, string? code, bool again, CancellationToken cancellation)
    {
        var typed = (code ?? "").Length > 100 ? "" : string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c)));
        var hash = SignInWithCode.HashOf(typed);
        var recovery = staff is null ? null : await db.Set<RecoveryCode>().SingleOrDefaultAsync(c => c.Staff == staff.StaffId && c.Hash == hash, cancellation);
        var secret = staff?.CodeSecret is { } @sealed ? OneTimeCode.Seal(protection).Unprotect(@sealed) : null;
        var outcome = SignInWithCode.Decide(staff, secret, recovery, typed, clock.GetUtcNow().UtcDateTime);
        if (staff is null || outcome is SignInWithCode.Outcome.Wrong)
        {
            return await Refuse(staff?.StaffId, cancellation);
        }

        var byApp = outcome as SignInWithCode.Outcome.ByApp;
        var action = actions.Begin(byApp is null ? RecoveryKind : again ? ProveKind : EnterByLink.Kind, Actor.Of(staff.StaffId), $"staff:{staff.StaffId}");
        if (byApp is not null)
        {
            staff.LastCodeStep = byApp.Step;
        }
        else
        {
            recovery!.UsedAt = action.Now;
        }

        (staff.AccessFailedCount, staff.LockoutEnd) = (0, null);
        var by = byApp is null ? "recovery-code" : "code";
        action.Emit(again ? new ProvedAgain(staff.StaffId, by) : new SignedIn(staff.StaffId, by));
        try
        {
            await action.Commit(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // The same code at the same moment: the other one was first.
            return await Refuse(staff.StaffId, cancellation);
        }
    }

    private async Task<bool> Refuse(StaffId? who, CancellationToken cancellation)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var staff = who is { } id ? await db.Set<StaffMember>().SingleAsync(s => s.Id == id.Value, cancellation) : null;
            var action = actions.Begin(EnterByLink.RefuseKind, Actor.Public, staff is null ? "staff:unknown" : $"staff:{staff.StaffId}");
            if (staff is not null && !(staff.LockoutEnd?.UtcDateTime > action.Now))
            {
                var wait = SignInWithCode.WaitAfter(++staff.AccessFailedCount);
                staff.LockoutEnd = wait > TimeSpan.Zero ? new DateTimeOffset(action.Now + wait) : null;
            }

            action.Emit(new SignInRefused("code"));
            try
            {
                await action.Commit(cancellation);
                return false;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another attempt was counted at the same moment: this one counts on top of it. Each turn means that somebody else got through.
            }
        }
    }
}
