using Egida.Access;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Fetching;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Tracing.Domains;
using Egida.Tracing.Origins;
using Egida.Tracing.Rdap;
using Microsoft.EntityFrameworkCore;

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
            .AddSingleton<AbuseContacts>()
            .AddSingleton<CountryFile>()
            .AddSingleton(s => DeliveryNetworks.Of(s.GetRequiredService<CountryFolder>()))
            .AddSingleton<KnownOrigins>()
            .AddSingleton(s => new Tracer(
                s.GetRequiredService<DnsResolver>(), s.GetRequiredService<RdapClient>(), s.GetRequiredService<AbuseContacts>(), s.GetRequiredService<NetworkGuard>(),
                s.GetRequiredService<CountryFile>(), s.GetRequiredService<DeliveryNetworks>(), s.GetRequiredService<KnownOrigins>()))
            .AddWork<TraceItem>(TraceItem.WorkKind)
            .AddDuty(44, "Origins", "/staff/tracing/origins", Right.AnswerOrigin, (db, _, _, cancellation) => db.Set<OriginQuestion>()
                .CountAsync(q => q.State == OriginState.Open, cancellation))
            .AddNavigation(10, "Tracing", "/staff/tracing", Right.SeeTraces)
            .AddItemSection<TraceSection>(20, Right.SeeTraces)
            .OnEvent<ItemOpened>((e, _) => e.Fetchable ? [new NewWork(TraceItem.WorkKind, e.ItemId.Value)] : []);
    }

    public static IEndpointRouteBuilder MapTracing(this IEndpointRouteBuilder routes)
    {
        ListTraces.Map(routes);
        TraceAgain.Map(routes);
        ShowAnswer.Map(routes);
        ListOrigins.Map(routes);
        AnswerOrigin.Map(routes);
        ListDomainRules.Map(routes);
        return routes;
    }
}
