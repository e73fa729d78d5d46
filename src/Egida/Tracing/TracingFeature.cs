using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Fetching;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Tracing.Rdap;

namespace Egida.Tracing;

/// <summary>Where is it hosted, by whom, and who takes complaints there.</summary>
public static class TracingFeature
{
    public static IServiceCollection AddTracing(this IServiceCollection services, IConfiguration configuration)
    {
        var options = TracingOptions.From(configuration);
        return services
            .AddSingleton(options)
            .AddSingleton(new DnsResolver(new DnsOptions(options.DnsServer, options.TrustAnchorFile, options.DnsTimeout)))
            .AddSingleton<RdapClient>()
            .AddSingleton<CountryFile>()
            .AddSingleton(s => new Tracer(
                s.GetRequiredService<DnsResolver>(), s.GetRequiredService<RdapClient>(), s.GetRequiredService<NetworkGuard>(), s.GetRequiredService<CountryFile>()))
            .AddWork<TraceItem>(TraceItem.WorkKind)
            .AddNavigation(10, "Tracing", "/staff/tracing", Right.SeeTraces)
            .AddItemSection<TraceSection>(20, Right.SeeTraces)
            .OnEvent<ItemOpened>((e, _) => e.Fetchable ? [new NewWork(TraceItem.WorkKind, e.ItemId.Value)] : []);
    }

    public static IEndpointRouteBuilder MapTracing(this IEndpointRouteBuilder routes)
    {
        ListTraces.Map(routes);
        TraceAgain.Map(routes);
        return routes;
    }
}
