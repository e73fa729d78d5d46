namespace Egida.HashSearch.Exact;

/// <summary>
/// The digests that found no room in either of their lines, in the order of their bytes. Of a list that nobody crafted with
/// knowledge of the secret numbers there are none; of any other list a look-up costs at most 32 comparisons more.
/// </summary>
internal readonly unsafe struct SortedDigests<TDigest>(TDigest* digests, int* records, int count)
    where TDigest : unmanaged, IDigest<TDigest>
{
    public readonly TDigest* Digests = digests;
    public readonly int* Records = records;
    public readonly int Count = count;

    public long ByteLength => ByteLengthOf(Count);

    public static long ByteLengthOf(int count) => (long)count * (sizeof(TDigest) + sizeof(int));

    /// <summary>The lowest record with this digest; -1 if there is none.</summary>
    public int Find(TDigest* digest)
    {
        var wanted = Bytes(digest);
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            var order = Bytes(Digests + middle).SequenceCompareTo(wanted);
            if (order == 0) return Records[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /// <summary>Copies the digests into the two arrays and puts them in order.</summary>
    public void Lay(IReadOnlyDictionary<TDigest, int> rest)
    {
        var at = 0;
        foreach (var (digest, record) in rest)
        {
            Digests[at] = digest;
            Records[at++] = record;
        }
        new Span<TDigest>(Digests, at).Sort(new Span<int>(Records, at), (left, right) => Bytes(&left).SequenceCompareTo(Bytes(&right)));
    }

    private static ReadOnlySpan<byte> Bytes(TDigest* digest) => new(digest, sizeof(TDigest));
}
