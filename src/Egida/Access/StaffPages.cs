using Egida.Platform.Actions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Egida.Access;

public sealed record AccessRefused(string Route) : DomainEvent;

public sealed record FormRefused(string Route) : DomainEvent;

/// <summary>The way out, and the plain refusal.</summary>
internal static class StaffPages
{
    public static readonly ActionKind RefuseKind = new("access.refused");

    public static readonly ActionKind RefuseFormKind = new("access.form-refused");

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

    internal static Task LogRefusal(HttpContext http, CurrentStaff staff) => Log(http, staff, RefuseKind, route => new AccessRefused(route));

    /// <summary>A form came with this person's session, but not from a page that was made for them.</summary>
    internal static Task LogFormRefusal(HttpContext http, CurrentStaff staff) => Log(http, staff, RefuseFormKind, route => new FormRefused(route));

    private static async Task Log(HttpContext http, CurrentStaff staff, ActionKind kind, Func<string, DomainEvent> fact)
    {
        var action = http.RequestServices.GetRequiredService<ActionBook>().Begin(kind, staff.Actor, $"staff:{staff.Id}");
        action.Emit(fact((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown"));
        await action.Commit(http.RequestAborted);
    }
}
