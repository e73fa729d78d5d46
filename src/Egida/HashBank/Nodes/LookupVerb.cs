using System.CommandLine;
using Egida.Platform.Verbs;

namespace Egida.HashBank.Nodes;

/// <summary>`egida lookup`: one of any number of processes that answer look-ups.</summary>
internal static class LookupVerb
{
    public static Command Command()
    {
        var command = new Command("lookup", "Answer look-ups of the hash bank and nothing else. Run as many as you like. Lookups:ReadFrom names a standby to read from.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            await using var app = ServeVerb.Build([.. parse.UnmatchedTokens], builder => builder.Services.AddLookupNode(builder.Configuration));
            await Installation.Require(app.Services, cancellation);
            await app.RunAsync(cancellation);
            return 0;
        });
        return command;
    }
}
