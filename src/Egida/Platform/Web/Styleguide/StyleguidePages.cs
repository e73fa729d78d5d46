using Egida.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Egida.Platform.Web.Styleguide;

/// <summary>
/// Every component in every state, on both sides. In the demo (`Demo:Enabled`) open to all, at `/styleguide`;
/// elsewhere only the staff's half, for whoever is signed in.
/// </summary>
internal static class StyleguidePages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaff("/styleguide").MapGet("", (HttpContext _) => Page.Of<StaffStyleguide>());
        if (!routes.ServiceProvider.GetRequiredService<IConfiguration>().GetValue<bool>("Demo:Enabled"))
        {
            staff.RequireRight(Right.BeHere);
            return;
        }

        staff.OpenToPublic();
        routes.MapGet("/styleguide", ToOwnLanguage).OpenToPublic();
        routes.MapPublic("/styleguide").MapGet("", (HttpContext _) => Page.Of<PublicStyleguide>());
    }

    private static RedirectHttpResult ToOwnLanguage(Words words) => TypedResults.LocalRedirect($"/{words.Language}/styleguide");
}
