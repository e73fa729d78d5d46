using Egida.Platform.Actions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Egida.Access;

public sealed record AccessRefused(string Route) : DomainEvent;

/// <summary>The way out, and the plain refusal.</summary>
internal static class StaffPages
{
    public static readonly ActionKind RefuseKind = new("access.refused");

    /// <summary>POST /staff/sign-out</summary>
    internal static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
        return TypedResults.LocalRedirect("/staff/sign-in");
    }

    /// <summary>Whoever lacks the right is told so, plainly, and the refusal is in the log.</summary>
    internal static async Task Refuse(HttpContext http)
    {
        if (CurrentStaff.Of(http.User) is { } staff)
        {
            await LogRefusal(http, staff);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    internal static async Task LogRefusal(HttpContext http, CurrentStaff staff)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown";
        var action = http.RequestServices.GetRequiredService<ActionBook>().Begin(RefuseKind, staff.Actor, $"staff:{staff.Id}");
        action.Emit(new AccessRefused(route));
        await action.Commit(http.RequestAborted);
    }
}
