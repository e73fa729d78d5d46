using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;

namespace Egida.Access;

/// <summary>The page with every way in. A refusal is the same whatever was wrong.</summary>
internal static class SignInPages
{
    /// <summary>GET /staff/sign-in</summary>
    internal static IResult Get() => Show(StatusCodes.Status200OK);

    /// <param name="status">As the answer says it.</param>
    /// <param name="refused">The text that says what to do after a refusal.</param>
    internal static IResult Show(int status, string? refused = null) => Page.Of<SignInPage>(new { Refused = refused }, status);

    /// <summary>Writes that somebody was not let in, and nothing else that this request had begun.</summary>
    internal static async Task LogRefusal(EgidaDb db, ActionBook actions, StaffId? staff, string by, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var refusal = actions.Begin(EnterByLink.RefuseKind, Actor.Public, staff is null ? "staff:unknown" : $"staff:{staff}");
        refusal.Emit(new SignInRefused(by));
        await refusal.Commit(cancellation);
    }
}
