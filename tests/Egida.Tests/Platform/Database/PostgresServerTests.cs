using Npgsql;

namespace Egida.Tests.Platform.Database;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task The_test_process_has_its_own_PostgreSQL()
    {
        var server = await PostgresServer.Running();
        var database = await server.CreateEmptyDatabase();

        var version = await Scalar(database, "SELECT version()");

        Assert.StartsWith("PostgreSQL ", Assert.IsType<string>(version), StringComparison.Ordinal);
        await server.DropDatabase(database);
    }

    [Fact]
    public async Task Every_database_is_a_copy_of_the_template_and_knows_nothing_of_the_others()
    {
        var server = await PostgresServer.Running();
        var migrations = 0;
        Task Migrate(string template)
        {
            migrations++;
            return Scalar(template, "CREATE TABLE note (text text); INSERT INTO note VALUES ('from the template')");
        }

        var first = await server.CreateDatabase(Migrate, "copies");
        var second = await server.CreateDatabase(Migrate, "copies");
        await Scalar(first, "INSERT INTO note VALUES ('only here')");

        Assert.Equal(1, migrations);
        Assert.Equal(2L, await Scalar(first, "SELECT count(*) FROM note"));
        Assert.Equal(1L, await Scalar(second, "SELECT count(*) FROM note"));
        await server.DropDatabase(first);
        await server.DropDatabase(second);
    }

    private static async Task<object?> Scalar(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
