using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Egida.HashBank.Imports;

/// <summary>A statement of SQLite's own interface, run many times. A command object would cost more than what it does.</summary>
internal sealed class SqliteRows : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private int bound;

    public SqliteRows(SqliteConnection connection, string sql)
    {
        handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed: take the turn first.");
        Check(raw.sqlite3_prepare_v2(handle, sql, out statement));
    }

    public SqliteRows(SqliteConnection connection, string table, params string[] columns)
        : this(connection, $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})")
    {
    }

    public SqliteRows Bind(long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(statement, ++bound, number) : raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    public SqliteRows Bind(byte[]? value)
    {
        if (value is null)
        {
            return Null();
        }

        Check(raw.sqlite3_bind_blob(statement, ++bound, value));
        return this;
    }

    public SqliteRows Bind(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        Check(raw.sqlite3_bind_text(statement, ++bound, value));
        return this;
    }

    /// <summary>With everything that was bound, in the order of the columns.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
        {
            throw Failed(result);
        }

        Check(raw.sqlite3_reset(statement));
        bound = 0;
    }

    public void Dispose() => statement.Dispose();

    private SqliteRows Null()
    {
        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failed(result);
        }
    }

    private SqliteException Failed(int result) => new(raw.sqlite3_errmsg(handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(handle));
}
