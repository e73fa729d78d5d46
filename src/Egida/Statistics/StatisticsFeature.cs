using Egida.Access;
using Egida.Platform.Web;

namespace Egida.Statistics;

/// <summary>Counts from the same events: where things wait, how long removal takes.</summary>
public static class StatisticsFeature
{
    public static IServiceCollection AddStatistics(this IServiceCollection services, IConfiguration configuration) =>
        services.AddNavigation(130, "Statistics", "/staff/statistics", Right.SeeStatistics);

    public static IEndpointRouteBuilder MapStatistics(this IEndpointRouteBuilder routes)
    {
        routes.MapStaff("/statistics").MapGet("", ShowStatistics.Get).RequireRight(Right.SeeStatistics);
        return routes;
    }
}
