using System.CommandLine;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Verbs;

/// <summary>`egida migrate`: bring the database to this version's schema. Nothing else ever changes the schema.</summary>
internal static class MigrateVerb
{
    public static Command Command()
    {
        var check = new Option<bool>("--check") { Description = "Only say whether something is to be done (exit 1 if so)." };
        var command = new Command("migrate", "Bring the database to this version's schema.") { check };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, cancellation) =>
        {
            using var host = WorkVerb.Build([.. parse.UnmatchedTokens]);
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
            Console.WriteLine(pending.Count == 0 ? "The schema is up to date." : $"{pending.Count} migration(s) to apply: {string.Join(", ", pending)}");
            if (parse.GetValue(check))
            {
                return pending.Count == 0 ? 0 : 1;
            }

            await db.Database.MigrateAsync(cancellation);
            return 0;
        });
        return command;
    }
}
