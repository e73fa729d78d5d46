using Egida.Access;
using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;

namespace Egida.Takedown;

/// <summary>Notices to providers, and the checks that follow.</summary>
public static class TakedownFeature
{
    public static IServiceCollection AddTakedown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TakedownOptions>().Bind(configuration.GetSection("Takedown"))
            .Validate(o => o.Problem() is null, "Takedown: pauses must be longer than zero, Growth 1 to 10, MaxUnreachable at least 1.").ValidateOnStart();
        return services
            .AddWork<SendNotice>(SendNotice.WorkKind)
            .AddWork<CheckStillThere>(CheckStillThere.WorkKind)
            .AddNavigation(80, "Takedown", "/staff/takedown", Right.SeeNotices)
            .AddItemSection<TakedownSection>(80, Right.SeeNotices)
            .OnEvent<ItemRouted>((e, _) => e.Acts.Any(a => a.Kind == ActKind.Provider) ? [new NewWork(SendNotice.WorkKind, e.ItemId.Value)] : [])
            .OnEvent<AbuseDeskDecided>((e, _) => e.Waited.Select(item => new NewWork(SendNotice.WorkKind, item.Value)))
            .OnEvent<PoliceNotified>(e => new NewWork(SendNotice.WorkKind, e.ItemId.Value));
    }

    public static IEndpointRouteBuilder MapTakedown(this IEndpointRouteBuilder routes)
    {
        ListNotices.Map(routes);
        return routes;
    }
}
