using Egida.HashBank.Imports;
using Microsoft.Data.Sqlite;

namespace Egida.Tests.HashBank.Imports;

public sealed class SqliteRowsTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(24), InlineData(25), InlineData(26), InlineData(50), InlineData(63)]
    public void However_many_rows_come_all_are_there_once_with_what_was_bound(int count)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        new SqliteCommand("CREATE TABLE things (Id INTEGER, Name TEXT, Value BLOB, Often INTEGER)", connection).ExecuteNonQuery();

        using (var rows = new SqliteRows(connection, count, "things", "Id", "Name", "Value", "Often"))
        {
            for (var i = 0; i < count; i++) rows.Bind(i).Bind(i % 3 == 0 ? null : $"name {i}").Bind(i % 5 == 0 ? (byte[]?)null : [(byte)i]).Bind(i % 7 == 0 ? (long?)null : -i).Run();
        }

        using var reader = new SqliteCommand("SELECT * FROM things ORDER BY rowid", connection).ExecuteReader();
        for (var i = 0; i < count; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(
                (i, i % 3 == 0 ? null : $"name {i}", i % 7 == 0 ? (long?)null : -i),
                (reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(3) ? (long?)null : reader.GetInt64(3)));
            Assert.Equal(i % 5 == 0 ? null : [(byte)i], reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2));
        }

        Assert.False(reader.Read());
    }
}
