using System.Text;

namespace Egida.Tracing.Mmdb;

/// <summary>
/// One section of values: a control byte with kind and size, then the value; maps hold texts and values in turn. A pointer stands for a value elsewhere in the section,
/// never for another pointer.
/// </summary>
/// <param name="start">Offsets in pointers count from here.</param>
/// <param name="end">The first byte that isn't part of it.</param>
internal readonly struct MmdbData(byte[] file, int start, int end)
{
    private const int MostDepth = 32;
    private const int MostMembers = 10_000;

    private const int Pointer = 1, Utf8 = 2, Double = 3, Unsigned16 = 5, Unsigned32 = 6, Map = 7, Signed32 = 8, Unsigned64 = 9, Unsigned128 = 10, List = 11, Boolean = 14;

    /// <summary>Where the value at an offset begins.</summary>
    public int At(long offset) => offset >= 0 && offset < end - start ? start + (int)offset : throw Broken();

    /// <summary>Where a map's member begins; null when it isn't a map or has no such member.</summary>
    public int? Member(int? at, string name)
    {
        if (at is not { } map || Read(map, out var size, out var next) != Map)
        {
            return null;
        }

        for (var i = 0; i < Math.Min(size, MostMembers); i++)
        {
            var key = Text(next);
            next = Skip(next, MostDepth);
            if (key == name)
            {
                return next;
            }

            next = Skip(next, MostDepth);
        }

        return null;
    }

    public string? Text(int? at) => at is { } text && Read(text, out var size, out var value) == Utf8 ? Encoding.UTF8.GetString(Bytes(value, size)) : null;

    public long? Number(int? at)
    {
        if (at is not { } number || Read(number, out var size, out var value) is not (Unsigned16 or Unsigned32 or Unsigned64) || size > 8)
        {
            return null;
        }

        ulong read = 0;
        foreach (var one in Bytes(value, size))
        {
            read = (read << 8) | one;
        }

        return read <= long.MaxValue ? (long)read : null;
    }

    /// <summary>The kind of the value at a place, following a pointer.</summary>
    private int Read(int at, out int size, out int value)
    {
        var kind = Control(at, out size, out value);
        if (kind != Pointer)
        {
            return kind;
        }

        kind = Control(At(size), out size, out value);
        return kind != Pointer ? kind : throw Broken();
    }

    /// <summary>Kind and size; for a pointer, the size is what it points to.</summary>
    private int Control(int at, out int size, out int value)
    {
        var first = Byte(at);
        var kind = first >> 5;
        size = first & 0x1F;
        value = at + 1;
        if (kind == Pointer)
        {
            var more = (size >> 3) + 1;
            long target = more == 4 ? 0 : size & 7;
            foreach (var one in Bytes(value, more))
            {
                target = (target << 8) | one;
            }

            value += more;
            target += more switch { 2 => 2048, 3 => 526_336, _ => 0 };
            size = target <= int.MaxValue ? (int)target : throw Broken();
            return kind;
        }

        if (kind == 0)
        {
            kind = Byte(value++) + 7;
        }

        if (size >= 29)
        {
            var more = size - 28;
            var extra = 0;
            foreach (var one in Bytes(value, more))
            {
                extra = (extra << 8) | one;
            }

            value += more;
            size = extra + more switch { 1 => 29, 2 => 285, _ => 65_821 };
        }

        return kind;
    }

    /// <summary>Behind the value at a place; a pointer ends behind itself.</summary>
    private int Skip(int at, int depth)
    {
        var kind = Control(at, out var size, out var value);
        if (depth == 0)
        {
            throw Broken();
        }

        switch (kind)
        {
            case Pointer or Boolean:
                return value;
            case Map or List:
                for (var i = 0L; i < (kind == Map ? 2L * size : size); i++)
                {
                    value = Skip(value, depth - 1);
                }

                return value;
            case Utf8 or Double or 4 or Unsigned16 or Unsigned32 or Signed32 or Unsigned64 or Unsigned128 or 15:
                _ = Bytes(value, size);
                return value + size;
            default:
                throw Broken();
        }
    }

    private byte Byte(int at) => at >= start && at < end ? file[at] : throw Broken();

    private ReadOnlySpan<byte> Bytes(int at, int length) => at >= start && length >= 0 && length <= end - at ? file.AsSpan(at, length) : throw Broken();

    private static InvalidDataException Broken() => new("the MaxMind DB's data is broken");
}
