namespace Egida.HashSearch.Opaque;

/// <summary>A sketch of 32 bytes that says how far two vectors are apart at least.</summary>
/// <remarks>
/// <para>
/// A cell is four neighbouring bytes; of the 36 cells the first 32 are used. The sketch holds each cell's sum, divided by four and rounded
/// down. Let <c>x</c> and <c>y</c> be two vectors, <c>s</c> the difference of their sums in a cell, and <c>d</c> the difference of the
/// rounded quarters, both without sign. Rounding takes less than one from each quarter, in steps of a quarter: <c>s ≥ 4d − 3</c>.
/// </para>
/// <para>
/// L1: within a cell the differences add up to at least <c>s</c>, so that the whole distance is at least <c>Σ (4d − 3) = 4·Σd − 96</c>.
/// </para>
/// <para>
/// Squared L2: four numbers that add up to <c>s</c> have squares that add up to at least <c>s²/4</c> (Cauchy and Schwarz). For <c>d ≥ 1</c>
/// that is at least <c>(4d − 3)²/4 &gt; 4d² − 6d</c>, and for <c>d = 0</c> that is zero on both sides. So the whole distance is at
/// least <c>4·Σd² − 6·Σd</c>.
/// </para>
/// </remarks>
internal static class CellSums
{
    public const int Cells = 32;
    private const int CellBytes = 4;

    public static void Sketch(ReadOnlySpan<byte> vector, Span<byte> sketch)
    {
        for (var cell = 0; cell < Cells; cell++)
        {
            var bytes = vector.Slice(cell * CellBytes, CellBytes);
            sketch[cell] = (byte)(bytes[0] + bytes[1] + bytes[2] + bytes[3] >> 2);
        }
    }

    /// <summary>The largest <c>Σd</c> that a vector within this L1 distance can have.</summary>
    public static int L1Limit(int threshold) => (threshold + 3 * Cells) / 4;
}
