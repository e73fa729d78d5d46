using Egida.HashSearch;
using Egida.Match.Reading;

namespace Egida.Match;

/// <summary>
/// An opened list of known files: a full list, and the deltas that were given with it. Which records does a file match?
/// </summary>
/// <remarks>
/// <para>
/// Opening reads every byte once, to compare it with what was signed; then the file is used where it is mapped. It must not be changed meanwhile: replace
/// it, don't write into it.
/// </para>
/// <para>
/// The newest file that speaks of a record decides: a withdrawal in a delta holds against every list before it. Any number of threads may ask at once. It
/// must not be disposed of before the last one has its answer.
/// </para>
/// </remarks>
public sealed class KnownList : IDisposable
{
    /// <summary>The published threshold of PDQ for "the same picture".</summary>
    public const int UsualRadius = 31;

    private readonly IReadOnlyList<ListFile> _newestFirst;
    private readonly TimeProvider _clock;
    private bool _disposed;

    private KnownList(Chain chain, TimeProvider clock)
    {
        (_newestFirst, _clock) = (chain.NewestFirst, clock);
        (Number, ValidUntil) = (chain.Number, chain.ValidUntil);
    }

    /// <summary>The headers of the files in use, the newest first.</summary>
    public IReadOnlyList<ListHeader> Headers => [.. _newestFirst.Select(file => file.Header)];

    /// <summary>Up to which number it is complete.</summary>
    public long Number { get; }

    /// <summary>From then on it gives no answers.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>How many records the files in use have, withdrawn and replaced ones included.</summary>
    public long Count => _newestFirst.Sum(file => (long)file.Records.Count);

    /// <summary>What it can recognise by.</summary>
    public ListKinds Kinds => _newestFirst.Aggregate(ListKinds.None, (kinds, file) => kinds | file.Header.Kinds);

    /// <summary>How many hashes of one kind the files in use have, withdrawn and replaced ones included.</summary>
    /// <exception cref="ArgumentException">It isn't one kind.</exception>
    public long HashCount(ListKinds kind) => _newestFirst.Sum(file => kind switch
    {
        ListKinds.Md5 => file.Md5?.Rows.Count ?? 0L,
        ListKinds.Sha1 => file.Sha1?.Rows.Count ?? 0L,
        ListKinds.Sha256 => file.Sha256?.Rows.Count ?? 0L,
        ListKinds.Pdq => file.Pdq?.Count ?? 0L,
        ListKinds.Frames => file.FrameTable.Count,
        _ => throw new ArgumentException("Ask for one kind at a time.", nameof(kind)),
    });

    /// <summary>Whether the list has this record, and hasn't withdrawn it.</summary>
    /// <exception cref="ListRefusedException">The list is past its time.</exception>
    public bool Has(long number)
    {
        RequireUsable();
        return _newestFirst.FirstOrDefault(file => file.SpeaksOf(number)) is { } newest && newest.RowOf(number) >= 0;
    }

    /// <summary>Opens a full list, and its deltas if there are any, in any order.</summary>
    /// <exception cref="ListRefusedException">A file can't be used, or they don't go together. The message says which, why, and what to do.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static KnownList Open(ListTrust trust, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("There is no list to open.", nameof(paths));
        var files = new List<ListFile>(paths.Count);
        try
        {
            foreach (var path in paths) files.Add(ListFile.Open(path, trust));
            var chain = Chain.Of(files);
            var newest = chain.NewestFirst[0];
            Validity.RequireNotExpired(newest.Path, chain.ValidUntil, trust.Clock);
            trust.Seen?.Take(newest);
            foreach (var file in files.Except(chain.NewestFirst)) file.Dispose();
            return new(chain, trust.Clock);
        }
        catch
        {
            foreach (var file in files) file.Dispose();
            throw;
        }
    }

    /// <summary>The records with this digest of a whole file; empty for nearly all files.</summary>
    /// <exception cref="ListRefusedException">The list is past its time.</exception>
    public IReadOnlyList<KnownMatch> Find(Md5Hash digest) => Find(digest, ListKinds.Md5, static file => file.Md5);

    /// <inheritdoc cref="Find(Md5Hash)"/>
    public IReadOnlyList<KnownMatch> Find(Sha1Hash digest) => Find(digest, ListKinds.Sha1, static file => file.Sha1);

    /// <inheritdoc cref="Find(Md5Hash)"/>
    public IReadOnlyList<KnownMatch> Find(Sha256Hash digest) => Find(digest, ListKinds.Sha256, static file => file.Sha256);

    /// <summary>The records whose picture is near one of these, each once with its nearest, nearest first.</summary>
    /// <param name="turns">The PDQ hash of the picture, or all eight of its turns in the order of <see cref="Dihedral"/>. Don't ask for pictures of a quality below 50.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="NearIndex.LargestRadius"/>.</param>
    /// <exception cref="ListRefusedException">The list is past its time.</exception>
    /// <exception cref="ArgumentException">There are more than eight hashes, or the radius is too large.</exception>
    public IReadOnlyList<KnownMatch> FindNear(ReadOnlySpan<Hash256> turns, int radius = UsualRadius)
    {
        RequireUsable();
        return NearLookup.Find(_newestFirst, turns, radius);
    }

    /// <summary>The records whose video has frames in common with this one, as <see cref="VideoRules"/> says.</summary>
    /// <exception cref="ListRefusedException">The list is past its time.</exception>
    public IReadOnlyList<KnownMatch> Find(VideoHash video, VideoRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(video);
        RequireUsable();
        return VideoLookup.Find(_newestFirst, video, rules ?? VideoRules.Default);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var file in _newestFirst) file.Dispose();
    }

    private IReadOnlyList<KnownMatch> Find<TDigest>(TDigest digest, ListKinds kind, Func<ListFile, DigestPart<TDigest>?> part) where TDigest : unmanaged, IDigest<TDigest>
    {
        RequireUsable();
        return DigestLookup.Find(_newestFirst, digest, kind, part);
    }

    private void RequireUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Validity.RequireNotExpired(_newestFirst[0].Path, ValidUntil, _clock);
    }
}
