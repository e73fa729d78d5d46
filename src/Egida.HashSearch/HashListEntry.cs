using System.Globalization;
using System.Text;

namespace Egida.HashSearch;

/// <summary>A hash of a list. Its bytes are in the reader's memory: copy what is to be kept.</summary>
public readonly ref struct HashListEntry
{
    internal HashListEntry(long line, long index, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> metadata)
    {
        Line = line;
        Index = index;
        Bytes = bytes;
        Metadata = metadata;
    }

    /// <summary>The line's number, from 1.</summary>
    public long Line { get; }

    /// <summary>How many hashes came before it in the list.</summary>
    public long Index { get; }

    /// <summary>The hash: as many bytes as its kind has.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What follows the first comma, as bytes of the file, usually UTF-8. Empty if there is no comma.</summary>
    public ReadOnlySpan<byte> Metadata { get; }

    /// <summary>The metadata as text; of a hash without any <c>idx=</c> and its index, as Meta's tools have it.</summary>
    public string MetadataText() =>
        Metadata.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"idx={Index}") : Encoding.UTF8.GetString(Metadata);

    /// <summary>The hash of a PDQ list.</summary>
    /// <exception cref="ArgumentException">The kind of the list has not 32 bytes.</exception>
    public Hash256 ToHash256() => Hash256.FromBytes(Bytes);

    /// <summary>The vector of a list of <see cref="HashKind.Opaque144"/>.</summary>
    /// <exception cref="ArgumentException">The kind of the list has not 144 bytes.</exception>
    public OpaqueVector144 ToOpaqueVector144() => OpaqueVector144.FromBytes(Bytes);

    /// <summary>The digest of an MD5, SHA-1 or SHA-256 list.</summary>
    /// <exception cref="ArgumentException">The kind of the list has another length.</exception>
    public TDigest ToDigest<TDigest>() where TDigest : unmanaged, IDigest<TDigest> => TDigest.FromBytes(Bytes);
}
