using System.Numerics;

namespace Egida.HashSearch.Exact;

/// <summary>
/// Where a key's three fingerprints are in a binary fuse filter. Graf and Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor
/// Filters", ACM Journal of Experimental Algorithmics 27 (2022): the array is cut into segments; a key has one place in each of
/// three neighbouring ones; the sum (xor) of what is there is its fingerprint.
/// </summary>
internal readonly record struct BinaryFuseShape(int SegmentLength, int SegmentCount, ulong Seed)
{
    private const int LongestSegment = 1 << 18;

    /// <summary>How many fingerprints the array has.</summary>
    public long Length => (SegmentCount + 2L) * SegmentLength;

    /// <summary>The shape for a number of keys: 1.125 places a key, more for small numbers.</summary>
    public static BinaryFuseShape For(int keys, ulong seed)
    {
        var segmentLength = keys < 2 ? 4 : Math.Min(1 << (int)Math.Floor(Math.Log(keys) / Math.Log(3.33) + 2.25), LongestSegment);
        var factor = keys < 2 ? 0 : Math.Max(1.125, 0.875 + 0.25 * Math.Log(1_000_000) / Math.Log(keys));
        var capacity = (long)Math.Round(keys * factor);
        return new(segmentLength, (int)Math.Max(1, (capacity + segmentLength - 1) / segmentLength - 2), seed);
    }

    /// <summary>The mixed key: MurmurHash3's finaliser, which no two keys share.</summary>
    public ulong Hash(ulong key)
    {
        var hash = key + Seed;
        hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53;
        return hash ^ hash >> 33;
    }

    /// <summary>The three places, each in another segment: the upper half of hash times segments chooses the first one.</summary>
    public (uint A, uint B, uint C) Places(ulong hash)
    {
        var mask = (uint)SegmentLength - 1;
        var a = (uint)Math.BigMul(hash, (ulong)((long)SegmentCount * SegmentLength), out _);
        var b = a + (uint)SegmentLength;
        return (a, b ^ (uint)(hash >> 18) & mask, b + (uint)SegmentLength ^ (uint)hash & mask);
    }

    /// <summary>What the three places of a hash must add up to.</summary>
    public static TFingerprint Fingerprint<TFingerprint>(ulong hash) where TFingerprint : unmanaged, IBinaryInteger<TFingerprint> =>
        TFingerprint.CreateTruncating(hash ^ hash >> 32);
}
