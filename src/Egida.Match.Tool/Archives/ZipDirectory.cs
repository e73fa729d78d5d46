using System.Buffers.Binary;

namespace Egida.Match.Tool.Archives;

/// <summary>How long a zip file's directory can be: from where its last record says that it begins to that record (APPNOTE 4.3.16).</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22, MostComment = 65_535, LocatorLength = 20, LongEndLength = 56;

    /// <exception cref="InvalidDataException">There is no such record.</exception>
    public static long Length(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + MostComment + LocatorLength)];
        var tailAt = file.Length - tail.Length;
        file.Position = tailAt;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > tail.Length) throw new InvalidDataException("no end of the directory");

        long begin = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (begin == uint.MaxValue && end >= LocatorLength && tail.AsSpan(end - LocatorLength).StartsWith("PK\x06\x07"u8))
            begin = LongBegin(file, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8)));
        file.Position = 0;
        return tailAt + end - begin;
    }

    private static long LongBegin(Stream file, long at)
    {
        if (at < 0 || at > file.Length - LongEndLength) throw new InvalidDataException("no end of the directory");
        var record = new byte[LongEndLength];
        file.Position = at;
        file.ReadExactly(record);
        return BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
    }
}
