using Egida.HashBank.Imports;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Egida.Tests.HashBank.Imports;

public sealed class PostgresRowsTests
{
    /// <summary>More than what is sent at once.</summary>
    private const int Many = 5000;

    [Fact]
    public Task All_rows_are_there_with_what_was_bound() => OnTable(connection =>
    {
        using (var rows = Rows(connection))
        {
            for (var i = 0; i < Many; i++)
            {
                rows.Bind(i).Bind(i % 3 == 0 ? null : $"żółw {i}").Bind(i % 5 == 0 ? (byte[]?)null : [(byte)i, 0, 255]).Bind(-(long)i << 33).Bind((short)(i - 9)).Bind(i % 2 == 0).Bind(i % 7 == 0 ? (int?)null : -i);
            }

            rows.Complete();
        }

        using var reader = new NpgsqlCommand("SELECT * FROM things ORDER BY id", connection).ExecuteReader();
        for (var i = 0; i < Many; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal((i, i % 3 == 0 ? null : $"żółw {i}", -(long)i << 33), (reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(3)));
            Assert.Equal(i % 5 == 0 ? null : new byte[] { (byte)i, 0, 255 }, reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2));
            Assert.Equal(((short)(i - 9), i % 2 == 0, i % 7 == 0 ? (int?)null : -i), (reader.GetInt16(4), reader.GetBoolean(5), reader.IsDBNull(6) ? (int?)null : reader.GetInt32(6)));
        }

        Assert.False(reader.Read());
    });

    [Fact]
    public Task Rows_that_were_not_completed_were_never_there() => OnTable(connection =>
    {
        using (var rows = Rows(connection))
        {
            for (var i = 0; i < Many; i++) Bind(rows, i);
        }

        Assert.Equal(0L, new NpgsqlCommand("SELECT COUNT(*) FROM things", connection).ExecuteScalar());
    });

    [Fact]
    public Task What_the_database_refuses_is_said_in_its_own_words() => OnTable(connection =>
    {
        using var rows = Rows(connection);
        Bind(rows, 1);
        Bind(rows, 1);

        Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.Throws<PostgresException>(rows.Complete).SqlState);
        rows.Dispose();
        Assert.Equal(0L, new NpgsqlCommand("SELECT COUNT(*) FROM things", connection).ExecuteScalar());
    });

    private static PostgresRows Rows(NpgsqlConnection connection) => new(connection, "things", "id", "name", "value", "far", "near", "yes", "often");

    private static void Bind(PostgresRows rows, int id) => rows.Bind(id).Bind((string?)null).Bind((byte[]?)null).Bind(0L).Bind((short)0).Bind(false).Bind((int?)null);

    private static async Task OnTable(Action<NpgsqlConnection> act)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Postgres);
        await host.InScope(async (EgidaDb db) =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await new NpgsqlCommand("CREATE TEMP TABLE things (id integer PRIMARY KEY, name varchar, value bytea, far bigint, near smallint, yes boolean, often integer)", connection).ExecuteNonQueryAsync();
            act(connection);
        });
    }
}
