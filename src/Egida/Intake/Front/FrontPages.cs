using Egida.Access;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Egida.Intake.Front;

/// <summary>The start page with its three doors, and the two that lead to people rather than to the form.</summary>
internal static class FrontPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Words words) => TypedResults.LocalRedirect($"/{words.Language}")).OpenToPublic();
        var group = routes.MapPublic();
        group.MapGet("", () => Page.Of<StartPage>());
        group.MapGet("/danger", () => Page.Of<DangerPage>());
        group.MapGet("/about-me", () => Page.Of<AboutMePage>());
        group.MapGet("/leave", Leave);
        group.MapGet("/calendar", () => Page.Of<CalendarPage>());
    }

    /// <summary>
    /// Somebody must be off this page at once: what the browser keeps of it is dropped (where the browser obeys), then a page that
    /// says nothing about us. History stays; the page with the link says so.
    /// </summary>
    private static RedirectHttpResult Leave(HttpContext context, Words words, Institution institution)
    {
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
        return institution.LeaveTo is { } elsewhere ? TypedResults.Redirect(elsewhere) : TypedResults.LocalRedirect($"/{words.Language}/calendar");
    }
}
