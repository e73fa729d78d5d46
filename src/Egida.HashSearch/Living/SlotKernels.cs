using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Living;

/// <summary>Compares a signature with all those of a <see cref="SlotLine"/>.</summary>
internal unsafe interface ISlotKernel
{
    /// <summary>A bit for every slot whose content is within <paramref name="limit"/> bits, in use or not; the two highest bits may be anything.</summary>
    static abstract uint Within(byte* line, ushort signature, int limit);
}

/// <summary>The definition.</summary>
internal readonly unsafe struct ScalarSlots : ISlotKernel
{
    public static uint Within(byte* line, ushort signature, int limit)
    {
        var within = 0u;
        for (var slot = 0; slot < SlotLine.Slots; slot++)
            if (BitOperations.PopCount((uint)(SlotLine.Signatures(line)[slot] ^ signature)) <= limit) within |= 1u << slot;
        return within;
    }
}

/// <summary>Ones are counted by table, four bits at a time; the two bytes of a signature are then added.</summary>
internal readonly unsafe struct Vector128Slots : ISlotKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(byte* line, ushort signature, int limit) =>
        Part(line, signature, limit) | Part(line + 16, signature, limit) << 8
        | Part(line + 32, signature, limit) << 16 | Part(line + 48, signature, limit) << 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Part(byte* line, ushort signature, int limit)
    {
        var different = (Vector128.Load((ushort*)line) ^ Vector128.Create(signature)).AsByte();
        var ones = Vector128.ShuffleNative(OnesOfHalf, different & Vector128.Create((byte)15)) + Vector128.ShuffleNative(OnesOfHalf, different >> 4);
        var sums = (ones.AsUInt16() >> 8) + (ones.AsUInt16() & Vector128.Create((ushort)255));
        return Vector128.LessThanOrEqual(sums, Vector128.Create((ushort)limit)).ExtractMostSignificantBits();
    }

    internal static Vector128<byte> OnesOfHalf => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
}

/// <summary>As <see cref="Vector128Slots"/>, half a line at a time.</summary>
internal readonly unsafe struct Avx2Slots : ISlotKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(byte* line, ushort signature, int limit) => Part(line, signature, limit) | Part(line + 32, signature, limit) << 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Part(byte* line, ushort signature, int limit)
    {
        var different = (Vector256.Load((ushort*)line) ^ Vector256.Create(signature)).AsByte();
        var onesOfHalf = Vector256.Create(Vector128Slots.OnesOfHalf);
        var ones = Avx2.Shuffle(onesOfHalf, different & Vector256.Create((byte)15)) + Avx2.Shuffle(onesOfHalf, different >> 4);
        var sums = (ones.AsUInt16() >> 8) + (ones.AsUInt16() & Vector256.Create((ushort)255));
        return Vector256.LessThanOrEqual(sums, Vector256.Create((ushort)limit)).ExtractMostSignificantBits();
    }
}

/// <summary>As <see cref="Vector128Slots"/>, the whole line at once.</summary>
internal readonly unsafe struct Avx512Slots : ISlotKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(byte* line, ushort signature, int limit)
    {
        var different = (Vector512.Load((ushort*)line) ^ Vector512.Create(signature)).AsByte();
        var onesOfHalf = Vector512.Create(Vector128Slots.OnesOfHalf);
        var ones = Avx512BW.Shuffle(onesOfHalf, different & Vector512.Create((byte)15)) + Avx512BW.Shuffle(onesOfHalf, different >> 4);
        var sums = (ones.AsUInt16() >> 8) + (ones.AsUInt16() & Vector512.Create((ushort)255));
        return (uint)Vector512.LessThanOrEqual(sums, Vector512.Create((ushort)limit)).ExtractMostSignificantBits();
    }
}
