using System.Buffers.Binary;
using Egida.HashSearch.Files;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Exact;

/// <summary>An exact index as a file: the arrays as they are in memory, a section each, and the shape.</summary>
internal static unsafe class ExactFile<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    private const int Version = 1;

    // Little-endian: number of records (4), zeros (4), number of lines (8), mixer (8), multiplier (8).
    private const string Shape = "shape";
    private const int ShapeLength = 32;
    private const string Lines = "lines";
    private const string Tails = "tails";
    private const string SortedDigests = "sorted digests";
    private const string SortedRecords = "sorted records";
    private const string SharedFirsts = "shared firsts";
    private const string SharedStarts = "shared starts";
    private const string SharedOthers = "shared others";

    private static string Kind => $"exact-{TDigest.Name}";

    public static void Save(ExactParts<TDigest> parts, string path)
    {
        var (table, sorted, shared) = (parts.Table, parts.Sorted, parts.Shared);
        using var writer = new SectionFileWriter(path, Kind, Version);
        Span<byte> shape = stackalloc byte[ShapeLength];
        shape.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(shape, table.Shape.Records);
        BinaryPrimitives.WriteInt64LittleEndian(shape[8..], table.Shape.Lines);
        BinaryPrimitives.WriteUInt64LittleEndian(shape[16..], table.Shape.Mixer);
        BinaryPrimitives.WriteUInt64LittleEndian(shape[24..], table.Shape.Multiplier);
        writer.Add(Shape, shape);
        writer.Add(Lines, table.Lines, table.Shape.Lines * ExactLine.Bytes);
        writer.Add(Tails, table.Tails, (long)table.Shape.Records * ExactTable<TDigest>.TailBytes);
        writer.Add(SortedDigests, (byte*)sorted.Digests, (long)sorted.Count * sizeof(TDigest));
        writer.Add(SortedRecords, (byte*)sorted.Records, (long)sorted.Count * sizeof(int));
        writer.Add(SharedFirsts, (byte*)shared.Firsts, (long)shared.Count * sizeof(int));
        writer.Add(SharedStarts, (byte*)shared.Starts, ((long)shared.Count + 1) * sizeof(int));
        writer.Add(SharedOthers, (byte*)shared.Records, (long)shared.OtherCount * sizeof(int));
        writer.Commit();
    }

    /// <summary>The index in the file as it is mapped. Only the sizes are checked.</summary>
    public static ExactIndex<TDigest> Open(string path, FileRange? range = null)
    {
        var file = SectionFile.Open(path, Kind, Version, range: range);
        try
        {
            return new(Parts(file, (section, length) => file.Pointer(section, length)), [file], file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The index copied into memory, with every checksum compared.</summary>
    public static ExactIndex<TDigest> Load(string path, CancellationToken cancellation)
    {
        using var file = SectionFile.Open(path, Kind, Version);
        file.Verify(cancellation);
        var blocks = new List<NativeBlock>();
        try
        {
            var parts = Parts(file, (section, length) =>
            {
                var from = file.Pointer(section, length);
                var block = new NativeBlock(length);
                blocks.Add(block);
                Buffer.MemoryCopy(from, block.Pointer, length, length);
                return block.Pointer;
            });
            return new(parts, [.. blocks]);
        }
        catch
        {
            foreach (var block in blocks) block.Dispose();
            throw;
        }
    }

    private delegate byte* Place(string section, long length);

    private static ExactParts<TDigest> Parts(SectionFile file, Place place)
    {
        var shape = ReadShape(file);
        var table = new ExactTable<TDigest>(
            shape, place(Lines, shape.Lines * ExactLine.Bytes), place(Tails, (long)shape.Records * ExactTable<TDigest>.TailBytes));

        var sortedCount = Count(file, SortedRecords);
        var sorted = new SortedDigests<TDigest>(
            (TDigest*)place(SortedDigests, (long)sortedCount * sizeof(TDigest)), (int*)place(SortedRecords, (long)sortedCount * sizeof(int)), sortedCount);

        var (sharedCount, otherCount) = (Count(file, SharedFirsts), Count(file, SharedOthers));
        var shared = new SharedDigests(
            (int*)place(SharedFirsts, (long)sharedCount * sizeof(int)), (int*)place(SharedStarts, ((long)sharedCount + 1) * sizeof(int)),
            (int*)place(SharedOthers, (long)otherCount * sizeof(int)), sharedCount, otherCount);
        return new(table, sorted, shared);
    }

    private static ExactShape ReadShape(SectionFile file)
    {
        var bytes = new ReadOnlySpan<byte>(file.Pointer(Shape, ShapeLength), ShapeLength);
        var records = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var lines = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        // All that look-ups rely on; whether the content is right is for the checksums to say.
        return records >= 0 && lines == ExactShape.LinesFor(records)
            ? new(records, lines, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]))
            : throw file.Damaged(Shape);
    }

    private static int Count(SectionFile file, string section)
    {
        var length = file.Length(section);
        return length % sizeof(int) == 0 && length / sizeof(int) <= int.MaxValue ? (int)(length / sizeof(int)) : throw file.Damaged(section);
    }
}
