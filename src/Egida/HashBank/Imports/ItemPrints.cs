namespace Egida.HashBank.Imports;

/// <summary>
/// The prints of a row's hashes; 0 is none. Of its looks, and of hashes that not every item has, only where there is no digest: nothing else says that it is the
/// same item.
/// </summary>
internal readonly struct ItemPrints(HashPrint print, ItemHashes hashes)
{
    /// <summary>So many of the hashes that not every item has are looked up.</summary>
    private const int MostOthers = 4;

    public const int Most = 3 + MostOthers;

    private readonly ulong sha256 = hashes.Sha256 is { } value ? print.Of(HashKind.Sha256, value) : 0;
    private readonly ulong sha1 = hashes.Sha1 is { } value ? print.Of(HashKind.Sha1, value) : 0;
    private readonly ulong md5 = hashes.Md5 is { } value ? print.Of(HashKind.Md5, value) : 0;
    private readonly ulong[]? others = hashes is { Sha256: null, Sha1: null, Md5: null } ? WithoutDigest(print, hashes) : null;

    /// <summary>Those by which it can be an item that is on record: MD5 only where nothing stronger is offered, as <see cref="SameItem"/> has it.</summary>
    public int Asked(Span<ulong> prints)
    {
        var count = 0;
        if (sha256 != 0) prints[count++] = sha256;
        if (sha1 != 0) prints[count++] = sha1;
        if (md5 != 0 && count == 0) prints[count++] = md5;
        foreach (var other in others ?? []) prints[count++] = other;
        return count;
    }

    /// <summary>Those by which it will be found again.</summary>
    public int All(Span<ulong> prints)
    {
        var count = Asked(prints);
        if (md5 != 0 && (sha256 != 0 || sha1 != 0)) prints[count++] = md5;
        return count;
    }

    private static ulong[] WithoutDigest(HashPrint print, ItemHashes hashes) => hashes.Pdq is { } pdq
        ? [print.Of(HashKind.Pdq, pdq)]
        : [.. hashes.Further.Where(h => h.Kind != HashKind.Frame).Take(MostOthers).Select(h => print.Of(h.Kind, h.Name, h.Value))];
}
