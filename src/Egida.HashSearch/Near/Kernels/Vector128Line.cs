using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Egida.HashSearch.Near.Kernels;

/// <summary>Slots 0–15 and then slots 16–23, on every processor with vectors of 128 bits.</summary>
internal readonly unsafe struct Vector128Line(uint signature, int limit) : ILineKernel<Vector128Line>
{
    private readonly Vector128<byte> _lower = Vector128.Create((byte)signature);
    private readonly Vector128<byte> _middle = Vector128.Create((byte)(signature >> 8));
    private readonly Vector128<byte> _lowerAndUpper = Vector128.Create(Vector64.Create((byte)signature), Vector64.Create((byte)((signature >> 16) * 0x11)));
    private readonly Vector128<byte> _middleAndUpper = Vector128.Create(Vector64.Create((byte)(signature >> 8)), Vector64.Create((byte)((signature >> 16) * 0x11)));
    private readonly Vector128<byte> _beyond = Vector128.Create((byte)(limit + 1));

    public static string Name => "vector128";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Line For(uint signature, int limit) => new(signature, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Within(byte* line)
    {
        var lower = Vector128.Load(line) ^ _lower;
        var lowerAndUpper = Vector128.Load(line + 16) ^ _lowerAndUpper;
        var middle = Vector128.Load(line + Line.Half) ^ _middle;
        var middleAndUpper = Vector128.Load(line + Line.Half + 16) ^ _middleAndUpper;

        var (firstLow, firstHigh) = (Ones(Low(lowerAndUpper)), Ones(High(lowerAndUpper)));
        var (secondLow, secondHigh) = (Ones(Low(middleAndUpper)), Ones(High(middleAndUpper)));
        // The upper bits of slots 0–7 and 8–15 are in eight bytes behind the lower bits, those of 16–19 and 20–23 in four bytes behind the middle bits.
        var upTo15 = Vector128.Create(firstLow.GetUpper(), firstHigh.GetUpper());
        var from16 = Vector128.Create(secondLow.AsUInt32()[2], secondHigh.AsUInt32()[2], 0, 0).AsByte();

        var ones = Ones(Low(lower)) + Ones(High(lower)) + Ones(Low(middle)) + Ones(High(middle)) + upTo15;
        var lastOnes = firstLow + firstHigh + secondLow + secondHigh + from16;
        return Vector128.LessThan(ones, _beyond).ExtractMostSignificantBits()
            | (Vector128.LessThan(lastOnes, _beyond).ExtractMostSignificantBits() & 255) << 16;
    }

    private static Vector128<byte> Low(Vector128<byte> bytes) => bytes & Vector128.Create((byte)15);

    private static Vector128<byte> High(Vector128<byte> bytes) => Vector128.ShiftRightLogical(bytes, 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Ones(Vector128<byte> halves) =>
        Vector128.ShuffleNative(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4), halves);
}
