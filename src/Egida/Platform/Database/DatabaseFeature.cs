using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Database;

internal static class DatabaseFeature
{
    /// <summary>
    /// <c>Database:Provider</c> is <c>sqlite</c> (default) or <c>postgres</c>; <c>Database:ConnectionString</c> belongs to it.
    /// Without one, an SQLite file in the data folder.
    /// </summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"] ?? "sqlite";
        var connection = configuration["Database:ConnectionString"];
        return provider switch
        {
            "sqlite" => services.AddDbContext<EgidaDb, SqliteEgidaDb>(o =>
                o.UseSqlite(connection ?? SqliteFile(configuration)).AddInterceptors(SqlitePragmas.Instance)),
            "postgres" => services.AddDbContext<EgidaDb, PostgresEgidaDb>(o =>
                o.UseNpgsql(connection ?? throw new InvalidOperationException("Database:ConnectionString is missing: give the PostgreSQL connection string."))),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}': it must be sqlite or postgres."),
        };
    }

    private static string SqliteFile(IConfiguration configuration) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder.Of(configuration), "egida.db"), DefaultTimeout = 30 }.ToString();
}
