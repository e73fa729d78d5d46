using Egida.Access;
using Egida.HashBank.Clusters;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Nodes;

/// <summary>Processes that look hashes up, each with an index of its own: how they follow the bank, and the list of them.</summary>
internal static class NodesFeature
{
    public static IEndpointRouteBuilder MapNodes(this IEndpointRouteBuilder routes)
    {
        routes.MapStaff("/hash-bank/nodes").MapGet("", ShowNodes.Get).RequireRight(Right.SeeHashPartners);
        return routes;
    }

    /// <summary>For a process that runs for long: its index follows of itself, and it is in the list.</summary>
    public static IServiceCollection AddBankFollower(this IServiceCollection services, IConfiguration configuration, bool onlyLookups)
    {
        services.Configure<NodeOptions>(configuration.GetSection("Lookups"));
        if (!onlyLookups) services.AddClusterFollower();
        return services
            .AddSingleton(new NodeRole(onlyLookups))
            .AddSingleton<LookupDatabase>()
            .AddSingleton<NodeHealth>()
            .AddSingleton<Heartbeat>()
            .AddHostedService<BankFollower>();
    }

    /// <summary>
    /// For a process that only answers look-ups. Its requests read from the standby, if there is one; whatever has a scope of its own, as the ledger of answers
    /// has, works on the database of all.
    /// </summary>
    public static IServiceCollection AddLookupNode(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBankFollower(configuration, onlyLookups: true)
            .AddTransient<IStartupFilter, LookupGate>()
            .AddSingleton(provider => new Readiness(() => provider.GetRequiredService<NodeHealth>().Judge().Problem));
        if (configuration["Lookups:ReadFrom"] is { Length: > 0 })
        {
            // Before the usual one, which then isn't added.
            services.AddScoped<EgidaDb>(provider => IsRequest(provider)
                ? provider.GetRequiredService<LookupDatabase>().Standby()!
                : new PostgresEgidaDb(provider.GetRequiredService<DbContextOptions<PostgresEgidaDb>>()));
        }

        return services;
    }

    private static bool IsRequest(IServiceProvider provider) => provider.GetService<IHttpContextAccessor>()?.HttpContext?.RequestServices == provider;
}
