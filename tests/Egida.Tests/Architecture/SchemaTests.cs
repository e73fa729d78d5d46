using Egida.HashSearch.Tests;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Architecture;

/// <summary>What the model makes of both databases: a change of the schema is seen in review, and needs a migration.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void The_schema_on_SQLite_is_the_approved_one()
    {
        using var db = new SqliteEgidaDb(new DbContextOptionsBuilder<SqliteEgidaDb>().UseSqlite("Data Source=:memory:").Options);

        Approve(db, "Schema.sqlite.verified.sql");
    }

    [Fact]
    public void The_schema_on_PostgreSQL_is_the_approved_one()
    {
        using var db = new PostgresEgidaDb(new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql("Host=127.0.0.1").Options);

        Approve(db, "Schema.postgres.verified.sql");
    }

    private static void Approve(EgidaDb db, string file) =>
        ApprovedFile.Matches(Path.Combine(Repository.Root, "tests/Egida.Tests/Architecture", file), db.Database.GenerateCreateScript().ReplaceLineEndings("\n"));
}
