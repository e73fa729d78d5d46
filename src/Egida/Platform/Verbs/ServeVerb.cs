using System.CommandLine;
using Egida.HashBank.Nodes;

namespace Egida.Platform.Verbs;

/// <summary>`egida serve`: the web.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var command = new Command("serve", "Serve the public and the staff pages. Settings: appsettings.json, EGIDA_… variables, --Name:Value.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            await using var app = Build([.. parse.UnmatchedTokens], builder => builder.Services.AddBankFollower(builder.Configuration, onlyLookups: false));
            await Installation.Require(app.Services, cancellation);
            await app.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    /// <param name="settings">As on the command line.</param>
    /// <param name="before">What a test or the demo puts in place first, such as its clock.</param>
    public static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? before = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("EGIDA_").AddCommandLine(settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The largest form is a page of addresses with details; nothing is uploaded here.
            kestrel.Limits.MaxRequestBodySize = 512 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        before?.Invoke(builder);
        builder.Services.AddEgida(builder.Configuration);
        return builder.Build().MapEgida();
    }
}
