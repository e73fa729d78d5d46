using Egida.HashSearch.Files;
using Egida.HashSearch.Memory;
using Egida.HashSearch.Near;

namespace Egida.HashSearch.Living;

/// <summary>
/// Writes a segment table by table: the same file as <see cref="NearIndex.Build(ReadOnlySpan{Hash256}, ReadOnlySpan{int}, CancellationToken)"/> and
/// <see cref="NearIndex.Save"/> make, in another order of its sections and with a third of the memory. A table is in memory only until it is written.
/// </summary>
internal static unsafe class SegmentFile
{
    /// <param name="hashes">At least one.</param>
    /// <param name="ordered">Called when the hashes were copied and aren't needed any more.</param>
    public static void Save(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, string path, IStorage storage, CancellationToken cancellation, Action? ordered = null)
    {
        using var writer = new SectionFileWriter(path, NearFile.Kind, NearFile.Version, storage);
        var kinds = NearParts.Kinds(hashes, out var balanced);
        var shapes = new List<NearShape>();
        for (var part = 0; part < kinds.Length; part++)
        {
            var isLast = part == kinds.Length - 1;
            var count = kinds.Length == 1 ? hashes.Length : kinds[part] ? balanced : hashes.Length - balanced;
            using var order = Order(kinds[part], count, hashes, ids, cancellation);
            if (isLast) ordered?.Invoke();
            shapes.Add(Write(writer, part, order, kinds[part], cancellation));
        }
        NearFile.WriteShapes(writer, shapes);
        writer.Commit();
    }

    private static CodeOrder Order(bool isBalanced, int count, ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation)
    {
        if (count == hashes.Length) return NearPartBuilder.Order(hashes, ids, cancellation);
        using var hashMemory = new NativeBlock((long)count * sizeof(Hash256));
        using var idMemory = new NativeBlock((long)count * sizeof(int));
        var chosenHashes = new Span<Hash256>(hashMemory.Pointer, count);
        var chosenIds = new Span<int>(idMemory.Pointer, count);
        NearParts.Choose(isBalanced, hashes, ids, chosenHashes, chosenIds);
        return NearPartBuilder.Order(chosenHashes, chosenIds, cancellation);
    }

    private static NearShape Write(SectionFileWriter writer, int part, CodeOrder order, bool isBalanced, CancellationToken cancellation)
    {
        order.Trim();
        var (shape, layout) = (order.Shape, order.Layout);
        var numbersLength = PackedNumbers.BytesFor(shape.Codes, shape.NumberBits);
        var tableLength = (long)Line.Bytes << layout.LineBits;
        // Room for all, of which never more than one table takes memory, and the lines that continue others.
        using var lines = new NativeBlock(shape.LineBytes + (long)shape.Tables * (shape.Codes / Line.SlotsBeforeOthers) * Line.Bytes);
        using var numbers = new NativeBlock(shape.NumberBytes);
        using var filler = new TableFiller(layout, order.Codes, shape.Codes, lines.Pointer);
        var packed = NearPart.NumbersOf(shape, numbers.Pointer);

        // Their length is known before the first table is filled; how many lines continue others only after the last.
        var reserved = writer.Reserve($"numbers{part}", shape.NumberBytes);
        writer.Begin($"lines{part}");
        for (var chunk = 0; chunk < layout.Count; chunk++)
        {
            filler.Fill(chunk, packed[chunk], cancellation);
            writer.Write(lines.Pointer + chunk * tableLength, tableLength);
            lines.Release(chunk * tableLength, tableLength);
            if (chunk == 0) continue;
            reserved.Write(numbers.Pointer + (chunk - 1) * numbersLength, numbersLength);
            numbers.Release((chunk - 1) * numbersLength, numbersLength);
        }
        shape = shape with { Continuations = filler.Continuations, IsBalanced = isBalanced };
        writer.Write(lines.Pointer + layout.Count * tableLength, (long)shape.Continuations * Line.Bytes);
        writer.Add($"codes{part}", (byte*)order.Codes, shape.CodeBytes);
        writer.Add($"records{part}", (byte*)order.Records, shape.RecordBytes);
        writer.Add($"lists{part}", (byte*)order.ListEnds, shape.ListBytes);
        return shape;
    }
}
