using Egida.Access;
using Egida.Platform.Web;

namespace Egida.Wellbeing;

/// <summary>What people had to see, and the limits that protect them.</summary>
public static class WellbeingFeature
{
    public static IServiceCollection AddWellbeing(this IServiceCollection services, IConfiguration configuration) => services
        .AddNavigation(120, "Wellbeing", "/staff/wellbeing", Right.SeeOwnExposure);

    public static IEndpointRouteBuilder MapWellbeing(this IEndpointRouteBuilder routes)
    {
        var wellbeing = routes.MapStaff("/wellbeing");
        wellbeing.MapGet("", ShowExposure.GetOwn).RequireRight(Right.SeeOwnExposure);
        wellbeing.MapGet("/{staffId}", ShowExposure.GetOther).RequireRight(Right.SeeExposure);
        return routes;
    }
}
