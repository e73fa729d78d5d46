using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;

namespace Egida.Exchange;

/// <summary>Sister hotlines.</summary>
public static class ExchangeFeature
{
    public static IServiceCollection AddExchange(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<IccamOptions>(configuration.GetSection("Iccam"))
        .AddSingleton<IccamClient>()
        .AddWork<HandOverToSisterHotline>(HandOverToSisterHotline.WorkKind)
        .AddNavigation(75, "Exchange", "/staff/exchange", Right.SeeExchange)
        .AddItemSection<ExchangeSection>(75, Right.SeeExchange)
        .OnEvent<ItemRouted>((e, _) => e.Acts.Any(a => a.Kind == ActKind.SisterHotline) ? [new NewWork(HandOverToSisterHotline.WorkKind, e.ItemId.Value)] : [])
        .OnEvent<PoliceNotified>(e => new NewWork(HandOverToSisterHotline.WorkKind, e.ItemId.Value));

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder routes)
    {
        ListHandOvers.Map(routes);
        return routes;
    }
}
