using Egida.Access;
using Egida.Assessment;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Routing;

/// <summary>Whose case: police, provider, sister hotline, a person.</summary>
public static class RoutingFeature
{
    public static IServiceCollection AddRouting(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(s => RoutingRules.Of(s.GetRequiredService<CountryFolder>()))
        .AddWork<RouteItem>(RouteItem.WorkKind)
        .AddDuty(40, "NoRoute", "/staff/routing", Right.DecideRoute, (db, _, _, cancellation) => db.Set<Item>()
            .CountAsync(i => i.PersonNeeded == PersonNeeded.NoRoute && i.ClosedAt == null, cancellation))
        .AddNavigation(50, "Routing", "/staff/routing", Right.SeeRoutes)
        .AddItemSection<RouteSection>(60, Right.SeeRoutes)
        .AddNextAct<NextRoute>(60, Right.DecideRoute, item => item is { PersonNeeded: PersonNeeded.NoRoute, ClosedAt: null })
        .OnEvent<AssessmentConfirmed>((e, _) => e.Outcome == ItemOutcome.Illegal ? [new NewWork(RouteItem.WorkKind, e.ItemId.Value)] : []);

    public static IEndpointRouteBuilder MapRouting(this IEndpointRouteBuilder routes)
    {
        ListRoutes.Map(routes);
        DecideRoute.Map(routes);
        return routes;
    }
}
