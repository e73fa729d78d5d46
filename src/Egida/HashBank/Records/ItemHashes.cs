using System.Text;

namespace Egida.HashBank;

/// <summary>The hashes of one item as a contributor gives them.</summary>
internal sealed class ItemHashes
{
    public byte[]? Md5 { get; init; }

    public byte[]? Sha1 { get; init; }

    public byte[]? Sha256 { get; init; }

    public byte[]? Pdq { get; init; }

    public byte? PdqQuality { get; init; }

    public IReadOnlyList<(HashKind Kind, string? Name, byte[] Value, byte? Quality)> Further { get; init; } = [];

    /// <summary>Those by which an item is found again, the strongest first.</summary>
    public IEnumerable<(HashKind Kind, byte[] Value)> Digests =>
        new[] { (HashKind.Sha256, Sha256), (HashKind.Sha1, Sha1), (HashKind.Md5, Md5) }.Where(d => d.Item2 is not null).Select(d => (d.Item1, d.Item2!));

    public bool IsEmpty => Sha256 is null && Sha1 is null && Md5 is null && Pdq is null && Further.Count == 0;

    /// <summary>The first of each of the common kinds, the rest as further hashes in their order.</summary>
    /// <param name="hashes">Values as <see cref="HashText"/> reads them: hex, or text for what is kept as text.</param>
    public static ItemHashes Of(IEnumerable<(HashKind Kind, string Value, int? Quality)> hashes)
    {
        var all = hashes.Select(h => (h.Kind, Value: h.Kind == HashKind.Other ? Encoding.UTF8.GetBytes(h.Value) : Convert.FromHexString(h.Value), Quality: (byte?)h.Quality)).ToList();
        var common = all.Where(h => h.Kind <= HashKind.Pdq).GroupBy(h => h.Kind).ToDictionary(g => g.Key, g => g.First());
        return new ItemHashes
        {
            Md5 = common.GetValueOrDefault(HashKind.Md5).Value,
            Sha1 = common.GetValueOrDefault(HashKind.Sha1).Value,
            Sha256 = common.GetValueOrDefault(HashKind.Sha256).Value,
            Pdq = common.GetValueOrDefault(HashKind.Pdq).Value,
            PdqQuality = common.GetValueOrDefault(HashKind.Pdq).Quality,
            Further = [.. all.Where(h => h.Kind > HashKind.Pdq || !ReferenceEquals(common[h.Kind].Value, h.Value)).Select(h => (h.Kind, (string?)null, h.Value, h.Quality))],
        };
    }

    public static IEnumerable<(HashKind Kind, byte[] Value, byte? Quality)> Of(HashRecord record)
    {
        if (record.Md5 is { } md5) yield return (HashKind.Md5, md5, null);
        if (record.Sha1 is { } sha1) yield return (HashKind.Sha1, sha1, null);
        if (record.Sha256 is { } sha256) yield return (HashKind.Sha256, sha256, null);
        if (record.Pdq is { } pdq) yield return (HashKind.Pdq, pdq, record.PdqQuality);
    }
}
