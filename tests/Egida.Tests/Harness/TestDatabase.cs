using Egida.Platform.Database;
using Egida.Tests.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Harness;

/// <summary>A fresh database per host, copied from a template that was made once per test run.</summary>
internal static class TestDatabase
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplate);

    public static async Task<IReadOnlyDictionary<string, string>> Create(DatabaseKind kind, string folder)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var file = Path.Combine(folder, "egida.db");
            File.Copy(await SqliteTemplate.Value, file);
            return new Dictionary<string, string> { ["Database:Provider"] = "sqlite", ["Database:ConnectionString"] = $"Data Source={file};Default Timeout=30" };
        }

        return new Dictionary<string, string>
        {
            ["Database:Provider"] = "postgres",
            ["Database:ConnectionString"] = await (await PostgresServer.Running()).CreateDatabase(MigratePostgres),
        };
    }

    public static async Task Drop(string postgres) => await (await PostgresServer.Running()).DropDatabase(postgres);

    private static async Task<string> MakeSqliteTemplate()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("egida-template-").FullName, "template.db");
        await using var db = new SqliteEgidaDb(new DbContextOptionsBuilder<SqliteEgidaDb>().UseSqlite($"Data Source={file};Pooling=false").Options);
        await db.Database.MigrateAsync();
        return file;
    }

    private static async Task MigratePostgres(string connectionString)
    {
        await using var db = new PostgresEgidaDb(new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql(connectionString + ";Pooling=false").Options);
        await db.Database.MigrateAsync();
    }
}
