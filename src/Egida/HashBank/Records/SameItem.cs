namespace Egida.HashBank;

/// <summary>
/// Is what a contributor offers an item that is on record? The strongest digest that both have decides. SHA-1 and SHA-256 identify, and bring further
/// hashes along; MD5 alone only where nothing stronger is offered, so that nobody hangs the digests of another file on a record by an MD5 that they
/// made to fit (docs/decisions/0055).
/// </summary>
internal static class SameItem
{
    /// <param name="offered">What is contributed.</param>
    /// <param name="candidates">Records that share any hash with it.</param>
    /// <returns>The oldest that is the same item, by its strongest common digest; null if none is.</returns>
    public static HashRecord? Among(ItemHashes offered, IEnumerable<HashRecord> candidates) => candidates
        .Select(record => (Record: record, By: Common(offered, record)))
        .Where(c => c.By is not null)
        .OrderByDescending(c => c.By).ThenBy(c => c.Record.Id.Value)
        .Select(c => c.Record).FirstOrDefault();

    /// <summary>The same, where items may have nothing but hashes that not every item has: then one of those in common is enough.</summary>
    public static HashRecord? Among(ItemHashes offered, IReadOnlyList<(HashRecord Record, List<FurtherHash> Further)> candidates) =>
        Among(offered, candidates.Select(c => c.Record))
        ?? (HasNoDigest(offered) && offered.Pdq is null ? candidates.Where(c => HasNoDigest(c.Record) && c.Record.Pdq is null && c.Further.Exists(h => IsAmong(h, offered)))
            .OrderBy(c => c.Record.Id.Value).Select(c => c.Record).FirstOrDefault() : null);

    private static bool IsAmong(FurtherHash hash, ItemHashes offered) =>
        hash.Kind != HashKind.Frame && offered.Further.Any(h => h.Kind == hash.Kind && h.Name == hash.Name && h.Value.AsSpan().SequenceEqual(hash.Value));

    /// <summary>By which kind it is the same item; null if it isn't.</summary>
    internal static HashKind? Common(ItemHashes offered, HashRecord record)
    {
        if (IsOtherBytes(offered, record))
        {
            return null;
        }

        return Equal(offered.Sha256, record.Sha256) ? HashKind.Sha256
            : Equal(offered.Sha1, record.Sha1) ? HashKind.Sha1
            : Equal(offered.Md5, record.Md5) && offered.Sha1 is null && offered.Sha256 is null ? HashKind.Md5
            : HasNoDigest(offered) && HasNoDigest(record) && Equal(offered.Pdq, record.Pdq) ? HashKind.Pdq
            : null;
    }

    /// <summary>
    /// Whether what is offered is of the survivor's own bytes, where others were merged into it. Only then it completes it: what was recognised by a merged record's
    /// digests is of that one's file, and a look or another hash in common may be what a merge brought. Kept here, it would stay when the two are separated.
    /// </summary>
    internal static bool IsOfSurvivor(ItemHashes offered, HashRecord survivor) => Common(offered, survivor) is HashKind.Sha256 or HashKind.Sha1 or HashKind.Md5;

    /// <summary>A digest of one kind that both have differs: it is of another file, whatever it shows.</summary>
    internal static bool IsOtherBytes(ItemHashes offered, HashRecord record) =>
        Differs(offered.Sha256, record.Sha256) || Differs(offered.Sha1, record.Sha1) || Differs(offered.Md5, record.Md5);

    private static bool HasNoDigest(ItemHashes hashes) => hashes is { Md5: null, Sha1: null, Sha256: null };

    private static bool HasNoDigest(HashRecord record) => record is { Md5: null, Sha1: null, Sha256: null };

    private static bool Equal(byte[]? one, byte[]? other) => one is not null && other is not null && one.AsSpan().SequenceEqual(other);

    private static bool Differs(byte[]? one, byte[]? other) => one is not null && other is not null && !one.AsSpan().SequenceEqual(other);
}
