using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>Builds a part: codes into the order of the first table, equal ones once, and then one table after the other.</summary>
internal static unsafe class NearPartBuilder
{
    /// <param name="codes">As many as <paramref name="records"/>, at least one, in any order; a code may stand there several times.</param>
    /// <param name="records">Of every code the record that it belongs to; none if records are numbered as their codes come.</param>
    /// <param name="isBalanced">All codes have 128 ones.</param>
    /// <param name="cancellation">Ends the building with an exception.</param>
    public static NearPart Build(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, bool isBalanced, CancellationToken cancellation, bool isScattered = true)
    {
        var ordered = Order(codes, records, cancellation, isScattered);
        try
        {
            return FillTables(ordered, isBalanced, cancellation);
        }
        catch
        {
            ordered.Dispose();
            throw;
        }
    }

    /// <summary>The codes as the first table has them, each once.</summary>
    /// <inheritdoc cref="Build"/>
    public static CodeOrder Order(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, CancellationToken cancellation, bool isScattered = true)
    {
        var ordered = CodeOrder.Of(codes, records, ChunkLayout.Of(NearShape.LineBitsFor(codes.Length), isScattered), cancellation);
        try
        {
            // Where many codes were equal there are too many lines for those that are left.
            var lineBits = NearShape.LineBitsFor(ordered.Count);
            if (lineBits != ordered.Layout.LineBits)
            {
                using var crowded = ordered;
                ordered = crowded.Reordered(ChunkLayout.Of(lineBits, isScattered), cancellation);
            }
            if (ordered.Count > Line.MostCodes)
                throw new ArgumentException($"One index holds up to {Line.MostCodes:N0} different codes; these are {ordered.Count:N0}. Make several.", nameof(codes));
            return ordered;
        }
        catch
        {
            ordered.Dispose();
            throw;
        }
    }

    private static NearPart FillTables(CodeOrder ordered, bool isBalanced, CancellationToken cancellation)
    {
        var shape = ordered.Shape;
        var layout = ordered.Layout;
        // Room for the worst that can be: what isn't written takes no memory.
        var lines = new NativeBlock(shape.LineBytes + (long)shape.Tables * (shape.Codes / Line.SlotsBeforeOthers) * Line.Bytes);
        var numbers = new NativeBlock(shape.NumberBytes);
        try
        {
            using var filler = new TableFiller(layout, ordered.Codes, shape.Codes, lines.Pointer);
            var packed = NearPart.NumbersOf(shape, numbers.Pointer);
            for (var chunk = 0; chunk < layout.Count; chunk++) filler.Fill(chunk, packed[chunk], cancellation);
            shape = shape with { Continuations = filler.Continuations, IsBalanced = isBalanced };
            lines.Trim(shape.LineBytes);
            ordered.Trim();
            return new(shape, new NearMemory(lines, numbers, ordered)
            {
                Lines = lines.Pointer,
                Numbers = numbers.Pointer,
                Codes = ordered.Codes,
                Records = ordered.Records,
                ListEnds = ordered.ListEnds,
                Listed = ordered.Listed,
            });
        }
        catch
        {
            lines.Dispose();
            numbers.Dispose();
            throw;
        }
    }
}
