using System.CommandLine;
using Egida.Platform.Work;

namespace Egida.Platform.Verbs;

/// <summary>`egida work`: does what is due. Any number may run beside each other on one database.</summary>
internal static class WorkVerb
{
    public static Command Command()
    {
        var command = new Command("work", "Do the work that is due: trace, recognise, hand over, follow. Run as many as you like.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var host = Build([.. parse.UnmatchedTokens]);
            await Installation.Require(host.Services, cancellation);
            await host.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    /// <param name="settings">As on the command line.</param>
    /// <param name="before">What the demo puts in place first, such as its clock.</param>
    public static IHost Build(string[] settings, Action<HostApplicationBuilder>? before = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("EGIDA_").AddCommandLine(settings);
        before?.Invoke(builder);
        builder.Services.AddEgida(builder.Configuration);
        builder.Services.AddHostedService<WorkLoop>();
        return builder.Build();
    }
}
