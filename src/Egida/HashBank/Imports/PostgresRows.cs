using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Egida.HashBank.Imports;

/// <summary>
/// COPY in its binary form, written as bytes: every field begins with its length, numbers are big-endian. Npgsql's importer asks for each of a row's fields anew how it is
/// to be written, which takes longer than all else that an import does with the row.
/// </summary>
internal sealed class PostgresRows : IDisposable
{
    private const int Buffered = 1 << 16;

    private readonly NpgsqlRawCopyStream stream;
    private readonly byte[] buffer = new byte[Buffered];
    private readonly short fields;
    private int used;
    private int bound;
    private bool isComplete;

    public PostgresRows(NpgsqlConnection connection, string table, params string[] columns)
    {
        fields = (short)columns.Length;
        stream = connection.BeginRawBinaryCopy($"COPY {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) FROM STDIN (FORMAT BINARY)");
        // The signature; no flags, and nothing more in the header.
        Raw([.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public PostgresRows Bind(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Field(sizeof(short)), value);
        return this;
    }

    public PostgresRows Bind(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);
        return this;
    }

    public PostgresRows Bind(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);
        return this;
    }

    public PostgresRows Bind(bool value)
    {
        Field(sizeof(bool))[0] = value ? (byte)1 : (byte)0;
        return this;
    }

    public PostgresRows Bind(short? value) => value is { } number ? Bind(number) : Null();

    public PostgresRows Bind(int? value) => value is { } number ? Bind(number) : Null();

    public PostgresRows Bind(byte[]? value)
    {
        if (value is null)
        {
            return Null();
        }

        value.CopyTo(Field(value.Length));
        return this;
    }

    public PostgresRows Bind(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        Encoding.UTF8.GetBytes(value, Field(Encoding.UTF8.GetByteCount(value)));
        return this;
    }

    /// <summary>Of all rows: they are in the table when this returns.</summary>
    public void Complete()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), -1);
        Flush();
        // Whatever the database says to them now, there is nothing left to take back.
        isComplete = true;
        stream.Dispose();
    }

    /// <summary>What isn't complete was never there.</summary>
    public void Dispose()
    {
        if (!isComplete)
        {
            stream.Cancel();
            stream.Dispose();
        }
    }

    private PostgresRows Null()
    {
        Begin();
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), -1);
        return this;
    }

    /// <summary>Room for the next field of the row.</summary>
    private Span<byte> Field(int length)
    {
        Begin();
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), length);
        return Room(length);
    }

    /// <summary>A row begins with the number of its fields.</summary>
    private void Begin()
    {
        if (bound == 0) BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), fields);
        bound = bound + 1 == fields ? 0 : bound + 1;
    }

    private Span<byte> Room(int length)
    {
        if (used + length > buffer.Length) Flush();
        used += length;
        return buffer.AsSpan(used - length, length);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}
