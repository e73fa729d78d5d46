using System.CommandLine;
using System.Reflection;
using Egida.Evidence.Capture;
using Egida.Platform.Fetching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Egida.Evidence;

/// <summary>
/// `egida capture`: the one process that touches reported addresses. It has the spool folder, a public key and its way out: no database login, no
/// key folder, and nothing of the application's services (docs/decisions/0040).
/// </summary>
internal static class CaptureVerb
{
    public static Command Command()
    {
        var command = new Command("capture", "Fetch and seal what was reported. Needs only the spool folder and a way out; run it under its own user.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var host = Build([.. parse.UnmatchedTokens]);
            await host.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    public static IHost Build(string[] settings, Action<IServiceCollection>? change = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("EGIDA_").AddCommandLine(settings);
        Add(builder.Services, builder.Configuration);
        change?.Invoke(builder.Services);
        return builder.Build();
    }

    private static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = CaptureSettings.From(configuration);
        var egress = settings.Egress();
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddSingleton(settings)
            .AddSingleton(new Spool(settings.Spool))
            .AddSingleton(NetworkGuard.From(configuration))
            .AddSingleton(NameLookUp.From(configuration, settings.Limits))
            .AddSingleton(s => new GuardedDialler(
                s.GetRequiredService<ResolveHost>(), s.GetRequiredService<NetworkGuard>(), egress, s.GetRequiredService<TimeProvider>()))
            .AddSingleton(s => new GuardedFetch(
                s.GetRequiredService<GuardedDialler>(), settings.Limits, settings.UserAgent, s.GetRequiredService<TimeProvider>()))
            .AddSingleton(new CaptureFacts($"egida-capture/{Version}", settings.UserAgent, egress is not null))
            .AddSingleton<CaptureLoop>()
            .AddHostedService(s => s.GetRequiredService<CaptureLoop>());
    }

    private static string Version =>
        typeof(CaptureVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
