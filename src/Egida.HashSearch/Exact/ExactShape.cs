using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Exact;

/// <summary>
/// Where digests live in a table: how many lines there are, and the two secret numbers that spread digests over them.
/// </summary>
/// <remarks>
/// <para>
/// A digest's first 16 bytes are two numbers, first and second. The second one is kept as it is. The first is mixed with it,
/// <c>mixed = (first ^ second·A)·B</c>, A and B odd and random for each index: whoever chooses the digests of a list can't
/// know which lines they fall into.
/// </para>
/// <para>
/// <c>mixed·Lines / 2⁶⁴</c> is the digest's home line. As many mixed numbers share a home as 2⁶⁴/Lines, one after the other, so
/// that their lower <see cref="RestBits"/> bits tell them apart. The line thus says the rest: home, lower bits and the second
/// number give the whole digest back, and a line needs to hold 8 bytes of it less some 23 bits, where the record's number goes.
/// </para>
/// </remarks>
internal sealed class ExactShape(int records, long lines, ulong mixer, ulong multiplier)
{
    /// <summary>Records per line: 80 % of the slots, 26.7 bytes a record. Higher, and two homes no longer nearly always suffice.</summary>
    private const double RecordsPerLine = 2.4;

    /// <summary>How far away a digest's other line may be: near enough to be in the same page of memory, mostly.</summary>
    private const long MaxReach = 511;

    public readonly int Records = records;
    public readonly long Lines = lines;
    public readonly ulong Mixer = mixer;
    public readonly ulong Multiplier = multiplier;

    /// <summary>How many of a record number's bits have room beside the rest of the first number. The line keeps three more elsewhere.</summary>
    public readonly int IdBits = BitOperations.Log2((ulong)lines);

    private readonly ulong _reach = (ulong)Math.Min(MaxReach, lines - 1);

    private int RestBits => 64 - IdBits;

    public static long LinesFor(int records) => Math.Max(1, (long)Math.Ceiling(records / RecordsPerLine));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ExactPlace Place(ulong first, ulong second)
    {
        var spread = second * Mixer;
        var mixed = (first ^ spread) * Multiplier;
        return new((long)UpperHalf(mixed, (ulong)Lines), mixed << IdBits, second, spread);
    }

    /// <summary>The second line that a digest may live in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Other(long home, ulong spread)
    {
        var other = home + Distance(spread);
        return other < Lines ? other : other - Lines;
    }

    /// <summary>The home of a digest that lives in its other line.</summary>
    public long HomeOf(long other, ulong spread)
    {
        var home = other - Distance(spread);
        return home >= 0 ? home : home + Lines;
    }

    // Math.BigMul stores the lower half in memory, which takes longer than the product.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UpperHalf(ulong left, ulong right) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(left, right) : Math.BigMul(left, right, out _);

    // 1 to reach; with a single line 1, which wraps to the line itself.
    private long Distance(ulong spread) => 1 + (long)((spread >> 32) * _reach >> 32);
}

/// <summary>What is needed to look for one digest.</summary>
/// <param name="Home">The line it lives in unless that was full.</param>
/// <param name="Rest">The bits of the first number that the home doesn't imply, above room for a record number.</param>
/// <param name="Second">The second number.</param>
/// <param name="Spread">The mixed second number: chooses the other line and the bit that warns of it.</param>
internal readonly record struct ExactPlace(long Home, ulong Rest, ulong Second, ulong Spread);
