namespace Egida.HashSearch.Near;

/// <summary>
/// PDQ hashes have exactly 128 ones, unless the picture is flat, and then an even distance from each other. A part of such hashes needs fewer lines for the
/// same radius; those that are otherwise get a part of their own, if that pays.
/// </summary>
internal static class NearParts
{
    private const int Ones = Hash256.BitLength / 2;

    // What is weighed is a search with PDQ's radius.
    private const int Radius = 31;

    /// <summary>Of each part that there will be, whether all its hashes have 128 ones.</summary>
    /// <param name="balanced">How many of the hashes have.</param>
    public static bool[] Kinds(ReadOnlySpan<Hash256> hashes, out int balanced)
    {
        balanced = 0;
        if (hashes.IsEmpty) return [];
        foreach (ref readonly var hash in hashes)
            if (hash.OnesCount == Ones) balanced++;

        var others = hashes.Length - balanced;
        if (others == 0) return [true];
        return balanced == 0 || LinesFor(hashes.Length, Radius) <= LinesFor(balanced, Radius - 1) + LinesFor(others, Radius) ? [false] : [true, false];
    }

    /// <param name="ids">Of every hash the record that it belongs to; none if records are numbered as their hashes come.</param>
    public static NearPart[] Build(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation)
    {
        var kinds = Kinds(hashes, out var balanced);
        if (kinds.Length == 0) return [];
        if (kinds.Length == 1) return [NearPartBuilder.Build(hashes, ids, kinds[0], cancellation)];

        var first = BuildOnly(isBalanced: true, balanced, hashes, ids, cancellation);
        try
        {
            return [first, BuildOnly(isBalanced: false, hashes.Length - balanced, hashes, ids, cancellation)];
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>Only those that have 128 ones, or only the others.</summary>
    public static void Choose(bool isBalanced, ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, Span<Hash256> chosenHashes, Span<int> chosenIds)
    {
        var at = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (hashes[i].OnesCount == Ones != isBalanced) continue;
            (chosenHashes[at], chosenIds[at++]) = (hashes[i], ids.IsEmpty ? i : ids[i]);
        }
    }

    private static unsafe NearPart BuildOnly(bool isBalanced, int count, ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation)
    {
        using var hashMemory = new Memory.NativeBlock((long)count * sizeof(Hash256));
        using var idMemory = new Memory.NativeBlock((long)count * sizeof(int));
        var chosenHashes = new Span<Hash256>(hashMemory.Pointer, count);
        var chosenIds = new Span<int>(idMemory.Pointer, count);
        Choose(isBalanced, hashes, ids, chosenHashes, chosenIds);
        return NearPartBuilder.Build(chosenHashes, chosenIds, isBalanced, cancellation);
    }

    private static int LinesFor(int codes, int radius) => SearchPlan.AllOf(ChunkLayout.Of(NearShape.LineBitsFor(codes)))[radius].Lines;
}
