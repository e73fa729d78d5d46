using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Egida.Access;

/// <summary>The usual way in: a passkey alone. Nobody types a name; the device knows whose it is, and we learn nothing of who has none.</summary>
internal static class SignInWithPasskey
{
    /// <summary>POST /staff/sign-in/passkey/options: the same for everybody.</summary>
    internal static async Task<IResult> Options(SignInManager<StaffMember> signIn) =>
        TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>POST /staff/sign-in/passkey</summary>
    internal static async Task<IResult> Post([FromForm] string? credential, HttpContext http, TakePasskey take, TimeProvider clock, CancellationToken cancellation)
    {
        if (await take.Handle(credential, only: null, cancellation) is not { } staff)
        {
            return SignInPages.Show(StatusCodes.Status403Forbidden, "access.passkey.refused.do");
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, StaffSession.Principal(staff, clock.GetUtcNow()));
        return TypedResults.LocalRedirect("/staff");
    }
}
