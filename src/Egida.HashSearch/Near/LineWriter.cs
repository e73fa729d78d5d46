using System.Runtime.Intrinsics;

namespace Egida.HashSearch.Near;

/// <summary>Writes the signatures of whole lines at once.</summary>
internal static unsafe class LineWriter
{
    /// <summary>Signatures come in two pieces; so many bits are in the first.</summary>
    public const int LowerBits = 16;

    /// <summary>So many are in the lowest bits of the second.</summary>
    public const int UpperBits = Line.SignatureBits - LowerBits;

    private const int Words = Line.Bytes / sizeof(ulong);

    // By how many signatures a line has: the bits of the line that these take.
    private static readonly ulong[] s_taken = Taken();

    /// <summary>Writes all of a line; its head becomes zero.</summary>
    /// <param name="line">On a boundary of 16 bytes. It doesn't matter what is there.</param>
    /// <param name="lower">The lower bits of the signatures. As many are read as a line has slots, however many count.</param>
    /// <param name="upper">The upper bits of the signatures, and above these anything; read as well.</param>
    /// <param name="count">How many signatures there are.</param>
    public static void Write(byte* line, ushort* lower, uint* upper, int count)
    {
        Vector128<ushort> first = Vector128.Load(lower), second = Vector128.Load(lower + 8), third = Vector128.Load(lower + 16);
        var others = Upper(upper + 16);
        fixed (ulong* taken = &s_taken[count * Words])
        {
            Store(line, Narrow(first, second), taken);
            Store(line + 16, Vector128.Create(Narrow(third, third).ToScalar(), Upper(upper) | Upper(upper + 8) << UpperBits), taken + 2);
            Store(line + Line.Half, Narrow(first >>> 8, second >>> 8), taken + 4);
            Store(line + Line.Half + 16, Vector128.Create(Narrow(third >>> 8, third).ToScalar(), (uint)others | others >> 32 - UpperBits), taken + 6);
        }
    }

    private static void Store(byte* to, Vector128<ulong> bytes, ulong* taken) => (bytes & Vector128.Load(taken)).StoreAligned((ulong*)to);

    private static Vector128<ulong> Narrow(Vector128<ushort> first, Vector128<ushort> second)
    {
        var lowest = Vector128.Create<ushort>(byte.MaxValue);
        return Vector128.Narrow(first & lowest, second & lowest).AsUInt64();
    }

    /// <summary>The upper bits of eight signatures, a byte each.</summary>
    private static ulong Upper(uint* upper)
    {
        var lowest = Vector128.Create((1u << UpperBits) - 1);
        var eight = Vector128.Narrow(Vector128.Load(upper) & lowest, Vector128.Load(upper + 4) & lowest);
        return Vector128.Narrow(eight, eight).AsUInt64().ToScalar();
    }

    private static ulong[] Taken()
    {
        var taken = new ulong[(Line.Slots + 1) * Words];
        fixed (ulong* start = taken)
            for (var count = 0; count <= Line.Slots; count++)
                for (var slot = 0; slot < count; slot++) Line.SetSignature((byte*)(start + count * Words), slot, Line.SignatureMask);
        return taken;
    }
}
