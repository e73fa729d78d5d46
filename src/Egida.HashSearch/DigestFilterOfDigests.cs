using System.Runtime.InteropServices;
using Egida.HashSearch.Exact;

namespace Egida.HashSearch;

/// <summary>
/// A list of digests, shrunk to about 9 bits each, for a partner to check files against without the list and without telling anybody
/// about the files.
/// </summary>
/// <remarks>
/// <para>
/// <b>A miss means: not in the list, certainly. A hit means: ask.</b> It is right for every digest of the list, but also for one in 256
/// others (<see cref="FalsePositiveRate"/>). Nobody may be accused, and nothing deleted, because of a hit alone: ask whoever has the list.
/// </para>
/// <para>
/// Binary fuse filter of Graf and Lemire (2022). The digests can't be read out of it; but who has a file can find out whether it is
/// probably in the list. It never changes: any number of threads may ask at once.
/// </para>
/// </remarks>
/// <typeparam name="TDigest"><see cref="Md5Hash"/>, <see cref="Sha1Hash"/> or <see cref="Sha256Hash"/>.</typeparam>
public sealed class DigestFilter<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly DigestFilterContent _content;

    private DigestFilter(DigestFilterContent content) => _content = content;

    /// <summary>How many different digests it was built from.</summary>
    public int Count => _content.Keys;

    /// <summary>How many bytes the file has.</summary>
    public long ByteLength => DigestFilterFile.HeaderLength + _content.Fingerprints.Length + System.Security.Cryptography.SHA256.HashSizeInBytes;

    /// <summary>The share of digests outside the list that are hits all the same: 1/256 or 1/65,536; of an empty list none.</summary>
    public double FalsePositiveRate => Count == 0 ? 0 : 1.0 / (1 << _content.Bits);

    /// <summary>False: the digest isn't in the list. True: it probably is; ask.</summary>
    public bool MayContain(TDigest digest)
    {
        if (Count == 0) return false;
        var shape = _content.Shape;
        var hash = shape.Hash(DigestFilterFile.Key(digest));
        var (a, b, c) = shape.Places(hash);
        if (_content.Bits == 8)
        {
            var small = _content.Fingerprints;
            return (byte)(small[a] ^ small[b] ^ small[c]) == BinaryFuseShape.Fingerprint<byte>(hash);
        }
        var precise = MemoryMarshal.Cast<byte, ushort>(_content.Fingerprints);
        return (ushort)(precise[(int)a] ^ precise[(int)b] ^ precise[(int)c]) == BinaryFuseShape.Fingerprint<ushort>(hash);
    }

    /// <summary>Writes the filter with its checksum, for <see cref="DigestFilter.Read"/>.</summary>
    public void Write(Stream stream) => DigestFilterFile.Write(stream, _content);

    /// <summary>Writes the filter into a file, for <see cref="DigestFilter.Open"/>. A file of that name is replaced when the new one is whole.</summary>
    public void Save(string path)
    {
        var temporary = path + ".tmp";
        using (var file = File.Create(temporary))
        {
            Write(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    internal static DigestFilter<TDigest> Read(Stream stream, string name) => new(DigestFilterFile.Read(stream, name, TDigest.Kind, TDigest.Name));

    internal static DigestFilter<TDigest> Build(ReadOnlySpan<TDigest> digests, DigestFilterSize size, ulong? seed)
    {
        switch (size)
        {
            case DigestFilterSize.Small:
                {
                    var (shape, fingerprints, keys) = BinaryFuseBuilder.Build<TDigest, byte>(digests, seed);
                    return new(new(TDigest.Kind, 8, shape, keys, fingerprints));
                }
            case DigestFilterSize.Precise:
                {
                    var (shape, fingerprints, keys) = BinaryFuseBuilder.Build<TDigest, ushort>(digests, seed);
                    return new(new(TDigest.Kind, 16, shape, keys, MemoryMarshal.AsBytes<ushort>(fingerprints).ToArray()));
                }
            default: throw new ArgumentOutOfRangeException(nameof(size), size, "There are small and precise filters.");
        }
    }
}
