using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Fetching;
using Egida.Platform.Mail;
using Egida.Platform.Secrets;
using Egida.Platform.Telemetry;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Egida.Platform;

internal static class PlatformFeature
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<WorkOptions>(configuration.GetSection("Work"));
        return services
            .AddDatabase(configuration)
            .AddScoped<ActionBook>()
            .AddSingleton<EventRoutes>()
            .AddScoped<WorkQueue>()
            .AddSingleton<WorkRunner>()
            .AddSingleton<KeyFolder>()
            .AddSingleton<CountryFolder>()
            .AddSingleton(NetworkGuard.From(configuration))
            .AddTelemetry(configuration)
            .AddMail(configuration)
            .AddWeb(configuration);
    }

    public static void UsePlatform(this WebApplication app) => app.UseWeb();

    public static IEndpointRouteBuilder MapPlatform(this IEndpointRouteBuilder routes) => routes.MapWeb();
}
