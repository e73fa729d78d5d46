using Egida.HashSearch.Exact;
using Egida.HashSearch.Files;

namespace Egida.HashSearch;

/// <summary>
/// Which records have this MD5, SHA-1 or SHA-256 digest? Exact, with one line of memory touched for most look-ups, and two
/// where that can't be. Made by <see cref="ExactIndex"/>.
/// </summary>
/// <remarks>
/// <para>
/// About 26.7 bytes a record for MD5 and SHA-1 and 38.7 for SHA-256, the digests included. Equal digests take 4 bytes more for
/// each after the first, and keep their room.
/// </para>
/// <para>It never changes: any number of threads may ask at once. It must not be disposed of before the last one has its answer.</para>
/// </remarks>
/// <typeparam name="TDigest"><see cref="Md5Hash"/>, <see cref="Sha1Hash"/> or <see cref="Sha256Hash"/>.</typeparam>
public sealed unsafe class ExactIndex<TDigest> : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly ExactParts<TDigest> _parts;
    private readonly IDisposable[] _memory;
    private readonly SectionFile? _file;
    private bool _disposed;

    /// <param name="memory">What the parts are in; disposed of with the index.</param>
    /// <param name="file">The file among it, if it is one.</param>
    internal ExactIndex(ExactParts<TDigest> parts, IDisposable[] memory, SectionFile? file = null) => (_parts, _memory, _file) = (parts, memory, file);

    /// <summary>How many records there are.</summary>
    public int Count => _parts.Table.Shape.Records;

    /// <summary>How many different digests the records have.</summary>
    public int DistinctCount => Count - _parts.Shared.OtherCount;

    /// <summary>How many bytes the index takes, in memory as well as in a file.</summary>
    public long ByteLength => _parts.ByteLength;

    internal ExactParts<TDigest> Parts => _parts;

    /// <summary>The lowest number of a record with this digest, or <see cref="ExactIndex.NotFound"/>.</summary>
    public int Find(TDigest digest)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var record = ExactLookup<TDigest>.Find(_parts, &digest);
        // Pointers alone don't keep the memory: without this it could be given back while it is read.
        GC.KeepAlive(this);
        return record;
    }

    /// <summary>
    /// Looks many digests up: for each, in <paramref name="records"/> at the same place, the lowest number of a record with it, or
    /// <see cref="ExactIndex.NotFound"/>. Several times faster than one by one, from some dozens on.
    /// </summary>
    /// <returns>How many digests were found.</returns>
    /// <exception cref="ArgumentException"><paramref name="records"/> has less room than there are digests.</exception>
    public int FindAll(ReadOnlySpan<TDigest> digests, Span<int> records)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (records.Length < digests.Length)
            throw new ArgumentException($"{digests.Length} digests need room for as many records, not for {records.Length}.", nameof(records));
        var found = ExactBatch<TDigest>.FindAll(_parts, digests, records);
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>Every record with this digest, in ascending order, as far as <paramref name="records"/> has room.</summary>
    /// <returns>How many records have the digest; it may be more than there was room for.</returns>
    public int FindEvery(TDigest digest, Span<int> records)
    {
        var first = Find(digest);
        if (first == ExactIndex.NotFound) return 0;
        if (records.Length > 0) records[0] = first;
        var others = OthersLike(first);
        for (var i = 0; i < others.Length && i + 1 < records.Length; i++) records[i + 1] = others[i];
        GC.KeepAlive(this);
        return 1 + others.Length;
    }

    /// <summary>
    /// The records with the same digest as <paramref name="record"/>, which is the lowest of them, as a look-up gives it: in ascending order,
    /// without itself. Empty for most. Right as long as the index is kept and not disposed of.
    /// </summary>
    public ReadOnlySpan<int> OthersLike(int record)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _parts.Shared.Count == 0 ? [] : _parts.Shared.Others(record);
    }

    /// <summary>
    /// Writes the index into a file, for <see cref="ExactIndex.Open{TDigest}(string)"/> and <see cref="ExactIndex.Load"/>. The file has its name when it is whole and
    /// durable; one of that name is replaced. It holds all digests, and the secret that spreads them.
    /// </summary>
    public void Save(string path)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ExactFile<TDigest>.Save(_parts, path);
        GC.KeepAlive(this);
    }

    /// <summary>Reads an opened file as a whole and compares it with its checksums. Of an index in memory there is nothing to compare.</summary>
    /// <exception cref="IndexFileException">The file isn't what was written.</exception>
    public void Verify(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _file?.Verify(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var memory in _memory) memory.Dispose();
    }
}
