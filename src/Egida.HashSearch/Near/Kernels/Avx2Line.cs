using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Near.Kernels;

/// <summary>The halves of a line above each other: slots 0–23, and what is left of both are the upper bits.</summary>
internal readonly unsafe struct Avx2Line(uint signature, int limit) : ILineKernel<Avx2Line>
{
    private static readonly Vector256<byte> s_ones = Vector256.Create<byte>([.. Enumerable.Range(0, 32).Select(lane => (byte)int.PopCount(lane & 15))]);

    private readonly Vector256<byte> _first = Lanes24((byte)signature, (byte)((signature >> 16) * 0x11));
    private readonly Vector256<byte> _second = Lanes24((byte)(signature >> 8), (byte)((signature >> 16) * 0x11));
    private readonly Vector256<byte> _beyond = Lanes24((byte)(limit + 1), others: 0);
    private readonly Vector256<byte> _ones = s_ones;

    public static string Name => "avx2";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Avx2Line For(uint signature, int limit) => new(signature, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Within(byte* line)
    {
        var half = Vector256.Create((byte)15);
        var first = Vector256.Load(line) ^ _first;
        var second = Vector256.Load(line + Line.Half) ^ _second;
        var firstLow = Avx2.Shuffle(_ones, first & half);
        var firstHigh = Avx2.Shuffle(_ones, Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & half);
        var secondLow = Avx2.Shuffle(_ones, second & half);
        var secondHigh = Avx2.Shuffle(_ones, Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & half);

        // The last eight bytes of the first half are the upper bits of slots 0–7 and 8–15, the next to last four of the second those of 16–19 and 20–23.
        var upTo15 = Avx2.UnpackHigh(firstLow.AsUInt64(), firstHigh.AsUInt64()).AsByte();
        var from16 = Avx2.UnpackHigh(secondLow.AsUInt32(), secondHigh.AsUInt32()).AsByte();
        var upper = Avx2.Permute2x128(upTo15, from16, 0x31);

        return Vector256.LessThan(firstLow + firstHigh + secondLow + secondHigh + upper, _beyond).ExtractMostSignificantBits();
    }

    private static Vector256<byte> Lanes24(byte slots, byte others) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256<byte>.Indices, Vector256.Create((byte)Line.Slots)), Vector256.Create(slots), Vector256.Create(others));
}
