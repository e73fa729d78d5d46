using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Egida.HashSearch.Exact;

/// <summary>One cache line: three slots for digests with their record numbers, and the warning bits.</summary>
/// <remarks>
/// <code>
///  0  second numbers          3 × 8 bytes
/// 24  rests | record's bits   3 × 8 bytes
/// 48  bytes 16–19 of digests  3 × 4 bytes; MD5 has none: 8 bytes of warning bits
/// 60  states                  3 × 1 byte: 0x80 taken, 0x40 in its other line, 0x20 more records, 0x07 record's upper bits
/// 63  warning bits            1 byte, unless MD5
/// </code>
/// A warning bit says that a digest of this home, of those that choose this bit, isn't here: most look-ups of digests that
/// are in no list see none and end after one line.
/// </remarks>
internal static unsafe class ExactLine
{
    public const int Bytes = 64;
    public const int Slots = 3;

    public const int Taken = 0x80;
    public const int Away = 0x40;
    public const int Shared = 0x20;
    public const int Where = Taken | Away;
    public const int UpperId = 0x07;

    public static ulong* Seconds(byte* line) => (ulong*)line;

    public static ulong* Rests(byte* line) => (ulong*)(line + 24);

    public static uint* Thirds(byte* line) => (uint*)(line + 48);

    public static byte* States(byte* line) => line + 60;

    /// <summary>Whether digests of a kind have bytes beyond the two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasThird<TDigest>() where TDigest : unmanaged, IDigest<TDigest> => TDigest.Length > 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Warns<TDigest>(byte* line, ulong spread) where TDigest : unmanaged, IDigest<TDigest> =>
        Warning<TDigest>(line, spread) != 0;

    /// <summary>1 if a digest of this home that chooses the same bit isn't here, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Warning<TDigest>(byte* line, ulong spread) where TDigest : unmanaged, IDigest<TDigest> =>
        HasThird<TDigest>() ? (uint)line[63] >> (int)(spread >> 24 & 7) & 1 : (uint)(((ulong*)line)[6] >> (int)(spread >> 24)) & 1;

    public static void Warn<TDigest>(byte* line, ulong spread) where TDigest : unmanaged, IDigest<TDigest>
    {
        if (HasThird<TDigest>()) line[63] |= (byte)(1 << (int)(spread >> 24 & 7));
        else ((ulong*)line)[6] |= 1ul << (int)(spread >> 24);
    }

    /// <summary>The slots whose second number is this one, as bits. Empty slots may be among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Candidates(byte* line, ulong second) =>
        Vector256.Equals(Vector256.Load(Seconds(line)), Vector256.Create(second)).ExtractMostSignificantBits() & (1u << Slots) - 1;

    /// <summary>The first empty slot; <see cref="Slots"/> if there is none.</summary>
    public static int Empty(byte* line)
    {
        // Without a jump: whether a line is full is anybody's guess. The upper bit of each state, and one behind the last.
        var empty = ~*(uint*)States(line) & 0x0080_8080 | 0x8000_0000;
        return BitOperations.TrailingZeroCount(empty) >> 3;
    }
}
