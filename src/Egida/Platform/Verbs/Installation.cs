using Egida.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Verbs;

/// <summary>What is missing before a verb can do its work, and what to do about it.</summary>
public sealed class NotReadyException(string message) : Exception(message);

/// <summary>The installation a verb is asked about.</summary>
internal static class Installation
{
    /// <summary>
    /// For a verb that does one thing and says itself how it went: the same settings, with less logging. Where none names an installation and there is none in the default place, but a demo was run there, the demo's:
    /// whoever has just watched it wants to ask it.
    /// </summary>
    public static string[] OrDemo(string[] settings)
    {
        settings = ["--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=None", .. settings];
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("EGIDA_").AddCommandLine(settings).Build();
        var folder = DataFolder.Default(configuration["Root"]);
        var demo = Path.Combine(folder, "demo");
        if (configuration["Data:Folder"] is not null || configuration["Database:ConnectionString"] is not null
            || File.Exists(Path.Combine(folder, "egida.db")) || !File.Exists(Path.Combine(demo, "egida.db")))
        {
            return settings;
        }

        Console.Error.WriteLine($"There is no installation in {folder}; this is the demo in {demo}.");
        return [.. settings, $"--Data:Folder={demo}"];
    }

    /// <summary>What among these is no setting, nor the value of the one before. Taken for one, it would swallow the next: a verb would act on another installation.</summary>
    public static string? SlipIn(IReadOnlyList<string> settings) =>
        settings.Where((token, i) => !IsSetting(token) && !(i > 0 && IsSetting(settings[i - 1]) && !settings[i - 1].Contains('=') && !token.StartsWith('-'))).FirstOrDefault();

    private static bool IsSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.AsSpan().IndexOfAny(':', '=') > 2;

    /// <summary>The database exists and has this version's schema; nothing is made by looking.</summary>
    /// <exception cref="NotReadyException">It doesn't.</exception>
    public static async Task Require(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
        if (db.Database.GetDbConnection() is SqliteConnection { DataSource: var file } && !File.Exists(file))
        {
            throw new NotReadyException($"there is no database at {file}. Make it with: ./egida migrate   (another folder: --Data:Folder=DIR)");
        }

        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).Count();
        if (pending > 0)
        {
            throw new NotReadyException($"the database lacks {pending} migration(s) of this version. Bring it up to date with: ./egida migrate");
        }
    }
}
