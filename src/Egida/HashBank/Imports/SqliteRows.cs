using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Egida.HashBank.Imports;

/// <summary>
/// A statement of SQLite's own interface, run many times: a command object would cost more than what it does. Rows that are inserted go in together, because beginning and ending
/// a statement costs as much as a row.
/// </summary>
internal sealed class SqliteRows : IDisposable
{
    private const int Together = 25;

    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;

    /// <summary>For the rows that are no whole group; null where each row is one.</summary>
    private readonly sqlite3_stmt? single;
    private int left;
    private int rows;
    private int bound;

    public SqliteRows(SqliteConnection connection, string sql)
    {
        handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed: take the turn first.");
        statement = Prepare(sql);
    }

    /// <param name="count">So many rows come.</param>
    public SqliteRows(SqliteConnection connection, int count, string table, params string[] columns)
    {
        handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed: take the turn first.");
        var row = $"({string.Join(", ", columns.Select(_ => "?"))})";
        var insert = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ";
        statement = Prepare(insert + string.Join(", ", Enumerable.Repeat(row, count < Together ? 1 : Together)));
        (left, single) = (count, count < Together ? null : Prepare(insert + row));
    }

    private sqlite3_stmt Current => single is not null && left < Together ? single : statement;

    public SqliteRows Bind(long? value) => value is { } number ? Bind(number) : Null();

    public SqliteRows Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(Current, ++bound, value));
        return this;
    }

    public SqliteRows Bind(byte[]? value)
    {
        if (value is null)
        {
            return Null();
        }

        Check(raw.sqlite3_bind_blob(Current, ++bound, value));
        return this;
    }

    public SqliteRows Bind(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        Check(raw.sqlite3_bind_text(Current, ++bound, value));
        return this;
    }

    /// <summary>With everything that was bound, in the order of the columns: at once, or with the rows that follow.</summary>
    public void Run()
    {
        var run = Current;
        if (single is not null && run == statement && ++rows < Together)
        {
            return;
        }

        var result = raw.sqlite3_step(run);
        if (result != raw.SQLITE_DONE)
        {
            throw Failed(result);
        }

        Check(raw.sqlite3_reset(run));
        left -= Math.Max(1, rows);
        (bound, rows) = (0, 0);
    }

    public void Dispose()
    {
        statement.Dispose();
        single?.Dispose();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        return prepared;
    }

    private SqliteRows Null()
    {
        Check(raw.sqlite3_bind_null(Current, ++bound));
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
