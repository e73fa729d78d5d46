using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Near.Kernels;

/// <summary>The whole line at once: differences are counted where they stand, and then the counts brought above each other.</summary>
internal readonly unsafe struct Avx512Line(uint signature, int limit) : ILineKernel<Avx512Line>
{
    private static readonly Vector512<byte> s_ones = Lanes(lane => int.PopCount(lane & 15));

    // Where a slot's upper bits were counted: in the lower halves of 64 bytes, or from 64 on in their upper halves.
    private static readonly Vector512<byte> s_upper = Lanes(slot => slot < 16 ? 24 + (slot & 7) + (slot & 8) * 8 : 56 + (slot & 3) + (slot & 4) * 16);

    private readonly Vector512<byte> _query = Query(signature);
    private readonly Vector512<byte> _ones = s_ones;
    private readonly Vector512<byte> _upper = s_upper;
    private readonly Vector256<byte> _beyond = Lanes24((byte)(limit + 1)).GetLower();

    public static string Name => "avx512";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Avx512Line For(uint signature, int limit) => new(signature, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Within(byte* line)
    {
        var half = Vector512.Create((byte)15);
        var different = Vector512.Load(line) ^ _query;
        var low = Avx512BW.Shuffle(_ones, different & half);
        var high = Avx512BW.Shuffle(_ones, Vector512.ShiftRightLogical(different.AsUInt16(), 4).AsByte() & half);
        var both = low + high;
        var ones = both.GetLower() + both.GetUpper() + Avx512Vbmi.PermuteVar64x8x2(low, _upper, high).GetLower();
        return Vector256.LessThan(ones, _beyond).ExtractMostSignificantBits();
    }

    private static Vector512<byte> Query(uint signature) => Vector512.Create(
        Lanes24((byte)signature, (byte)((signature >> 16) * 0x11)).GetLower(),
        Lanes24((byte)(signature >> 8), (byte)((signature >> 16) * 0x11)).GetLower());

    private static Vector512<byte> Lanes24(byte slots, byte others = 0) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)Line.Slots)), Vector512.Create(slots), Vector512.Create(others));

    private static Vector512<byte> Lanes(Func<int, int> of) => Vector512.Create<byte>([.. Enumerable.Range(0, 64).Select(lane => (byte)of(lane))]);
}
