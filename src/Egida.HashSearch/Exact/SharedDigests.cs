namespace Egida.HashSearch.Exact;

/// <summary>The records that have the same digest as an earlier one. The table knows the first of them; the others are here.</summary>
/// <remarks>
/// Firsts are in ascending order. The others of <c>firsts[i]</c>, ascending too, are <c>others[starts[i]]</c> up to, without,
/// <c>others[starts[i + 1]]</c>.
/// </remarks>
internal readonly unsafe struct SharedDigests(int* firsts, int* starts, int* others, int count, int otherCount)
{
    public readonly int* Firsts = firsts;
    public readonly int* Starts = starts;
    public readonly int* Records = others;

    /// <summary>How many digests have more than one record.</summary>
    public readonly int Count = count;

    /// <summary>How many records aren't the first with their digest.</summary>
    public readonly int OtherCount = otherCount;

    public long ByteLength => ByteLengthOf(Count, OtherCount);

    public static long ByteLengthOf(int count, int otherCount) => (2L * count + 1 + otherCount) * sizeof(int);

    /// <summary>The other records with the digest of this one, which is the first with it; empty if there are none.</summary>
    public ReadOnlySpan<int> Others(int first)
    {
        var index = new ReadOnlySpan<int>(Firsts, Count).BinarySearch(first);
        if (index < 0) return [];
        var (start, end) = (Starts[index], Starts[index + 1]);
        // A damaged file may hold anything.
        return start < 0 || end < start || end > OtherCount ? [] : new(Records + start, end - start);
    }

    /// <summary>How many different firsts there are among pairs in ascending order.</summary>
    /// <param name="pairs">The first record's number in the upper half, another one's in the lower.</param>
    public static int CountFirsts(ReadOnlySpan<ulong> pairs)
    {
        var count = 0;
        for (var i = 0; i < pairs.Length; i++) count += IsNewFirst(pairs, i) ? 1 : 0;
        return count;
    }

    /// <summary>Copies pairs into the three arrays.</summary>
    public void Lay(ReadOnlySpan<ulong> pairs)
    {
        var at = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            if (IsNewFirst(pairs, i))
            {
                Firsts[at] = (int)(pairs[i] >> 32);
                Starts[at++] = i;
            }
            Records[i] = (int)(uint)pairs[i];
        }
        Starts[at] = pairs.Length;
    }

    private static bool IsNewFirst(ReadOnlySpan<ulong> pairs, int i) => i == 0 || pairs[i] >> 32 != pairs[i - 1] >> 32;
}
