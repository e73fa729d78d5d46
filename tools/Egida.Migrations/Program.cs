using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

// Writes one migration for each database from the difference between the model and the last snapshot.
// dotnet run --project tools/Egida.Migrations -- NAME
if (args is not [{ Length: > 0 } name])
{
    Console.Error.WriteLine("usage: dotnet run --project tools/Egida.Migrations -- NAME");
    return 2;
}

var project = Path.Combine(Root(), "src", "Egida");
Write(new SqliteEgidaDb(new DbContextOptionsBuilder<SqliteEgidaDb>().UseSqlite("Data Source=:memory:").Options),
    new Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices(), "Sqlite");
Write(new PostgresEgidaDb(new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql("Host=none").Options),
    new Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices(), "Postgres");
return 0;

void Write(EgidaDb db, IDesignTimeServices provider, string folder)
{
    var services = new ServiceCollection()
        .AddEntityFrameworkDesignTimeServices(new OperationReporter(new OperationReportHandler()))
        .AddDbContextDesignTimeServices(db);
    provider.ConfigureDesignTimeServices(services);
    var scaffolder = services.BuildServiceProvider().GetRequiredService<IMigrationsScaffolder>();
    var migration = scaffolder.ScaffoldMigration($"{name}", $"Egida.Platform.Database.Migrations.{folder}");
    var path = Path.Combine(project, "Platform", "Database", "Migrations", folder);
    Directory.CreateDirectory(path);
    File.WriteAllText(Path.Combine(path, migration.MigrationId + migration.FileExtension), migration.MigrationCode);
    File.WriteAllText(Path.Combine(path, migration.MigrationId + ".Designer" + migration.FileExtension), migration.MetadataCode);
    File.WriteAllText(Path.Combine(path, migration.SnapshotName + migration.FileExtension), migration.SnapshotCode);
    Console.WriteLine($"{folder}: {migration.MigrationId}");
}

static string Root()
{
    for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
    {
        if (File.Exists(Path.Combine(at.FullName, "Egida.slnx")))
        {
            return at.FullName;
        }
    }

    throw new InvalidOperationException("Run this inside the repository.");
}
