using Egida.HashSearch.Files;
using Egida.HashSearch.Near;

namespace Egida.HashSearch;

/// <summary>
/// Finds, among up to 67 million 256-bit hashes, every one within a radius of a query, and misses none: what it finds is what comparing with every record
/// would find.
/// </summary>
/// <remarks>
/// <para>
/// How: the bits of a hash are dealt out to chunks (<see cref="ChunkLayout"/>). Two hashes that are near must be very near in some chunk, and fairly near in that
/// and the next one together (<see cref="SearchPlan"/> proves it). So there is a table for every chunk, numbered by the chunk's bits, and a search looks into
/// those lines of each table whose numbers are a few flips away: at 40 million records and radius 31 into 1,944 of 28 million lines. A line is
/// one cache line with up to 24 records, of which it has bits of the next chunk (<see cref="Line"/>); only the few records that are near in those, too, are
/// compared as a whole (<see cref="Searcher"/>).
/// </para>
/// <para>
/// Nothing changes after it was built: any number of threads may search at the same time. Equal hashes are kept once, with all their records. At 40 million it
/// takes about 117 bytes a record.
/// </para>
/// </remarks>
public sealed class NearIndex : IDisposable
{
    /// <summary>The largest radius that can be searched with. PDQ's published threshold is 31.</summary>
    public const int LargestRadius = 47;

    private const int Turns = 8;

    // Most of what is known is known in nearly the same form: a small radius costs little and often suffices.
    private static ReadOnlySpan<int> Cascade => [7, 15, 31];

    private readonly NearPart[] _parts;
    private readonly SectionFile? _file;
    private Searcher _searcher;

    private NearIndex(NearPart[] parts, SectionFile? file) => (_parts, _file, _searcher) = (parts, file, SearcherChoice.For(parts, areInMemory: file is null));

    /// <summary>How many records there are.</summary>
    public long Count => _parts.Sum(part => part.Shape.Records);

    /// <summary>How many different hashes there are.</summary>
    public long DistinctCount => _parts.Sum(part => (long)part.Shape.Codes);

    /// <summary>Memory or file space for all of it, in bytes.</summary>
    public long Bytes => _parts.Sum(part => part.Shape.Bytes);

    internal IReadOnlyList<NearPart> Parts => _parts;

    /// <summary>Which kernel searches, for reports.</summary>
    internal string Kernel => _searcher.Name;

    /// <summary>Builds an index of records that are numbered as they come, from 0.</summary>
    /// <inheritdoc cref="Build(ReadOnlySpan{Hash256}, ReadOnlySpan{int}, CancellationToken)"/>
    public static NearIndex Build(ReadOnlySpan<Hash256> hashes, CancellationToken cancellation = default) =>
        new(NearParts.Build(hashes, ids: default, cancellation), file: null);

    /// <summary>Builds an index in memory.</summary>
    /// <param name="hashes">In any order; the same hash may stand there for several records, and a record may have several hashes.</param>
    /// <param name="ids">Of every hash the record that it belongs to: 0 or more.</param>
    /// <param name="cancellation">Ends the building with an exception.</param>
    /// <exception cref="ArgumentException">There are not as many ids as hashes, an id is negative, or there are more than 67,108,864 different hashes.</exception>
    public static NearIndex Build(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation = default)
    {
        if (hashes.Length != ids.Length)
            throw new ArgumentException($"Every hash needs an id: there are {hashes.Length:N0} hashes and {ids.Length:N0} ids.", nameof(ids));
        if (ids.ContainsAnyInRange(int.MinValue, -1)) throw new ArgumentException("Ids are 0 or more.", nameof(ids));
        return new(NearParts.Build(hashes, ids, cancellation), file: null);
    }

    /// <summary>Adds every record within <paramref name="radius"/> bits of the query to <paramref name="matches"/>, each once, in no order.</summary>
    /// <param name="query">The hash to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="LargestRadius"/>.</param>
    /// <param name="matches">Where matches are added.</param>
    /// <param name="limit">Stops after so many; <see cref="NearMatches.IsCutShort"/> then says so.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not between 0 and <see cref="LargestRadius"/>, or the limit is below 1.</exception>
    public void FindAll(Hash256 query, int radius, NearMatches matches, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var found = AllCollector.OfThread(matches, limit);
        Search(query, radius, found);
    }

    /// <summary>
    /// Looks many hashes up in one call: often faster than one after the other, as what looked near to one comes from memory while the next begins.
    /// <see cref="NearMatch.Query"/> says which of them a match is for.
    /// </summary>
    /// <param name="queries">The hashes to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="LargestRadius"/>.</param>
    /// <param name="matches">Where matches are added, in no order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not between 0 and <see cref="LargestRadius"/>.</exception>
    public void FindAll(ReadOnlySpan<Hash256> queries, int radius, NearMatches matches) => FindAll(queries, radius, matches, CancellationToken.None);

    /// <param name="queries">The hashes to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="LargestRadius"/>.</param>
    /// <param name="matches">Where matches are added, in no order.</param>
    /// <param name="cancellation">Ends the search with an exception between two queries. What was found until then stays in <paramref name="matches"/>.</param>
    /// <inheritdoc cref="FindAll(ReadOnlySpan{Hash256}, int, NearMatches)"/>
    public void FindAll(ReadOnlySpan<Hash256> queries, int radius, NearMatches matches, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(matches);
        Search(queries, radius, AllCollector.OfThread(matches, int.MaxValue, cancellation));
    }

    /// <summary>The nearest record within <paramref name="radius"/> bits, the smallest id among equals; null if there is none.</summary>
    /// <inheritdoc cref="FindAll(Hash256, int, NearMatches, int)"/>
    public NearMatch? FindNearest(Hash256 query, int radius)
    {
        RequireRadius(radius);
        var nearest = NearestCollector.OfThread();
        foreach (var step in Cascade)
        {
            if (step >= radius) break;
            Search(query, step, nearest);
            // All within the step were seen, and nothing beyond it is nearer.
            if (nearest.Match is { } near) return near;
        }
        Search(query, radius, nearest);
        return nearest.Match;
    }

    /// <summary>Any record within <paramref name="radius"/> bits; null if there is none. The quickest answer to "is it known at all?".</summary>
    /// <inheritdoc cref="FindAll(Hash256, int, NearMatches, int)"/>
    public NearMatch? FindAny(Hash256 query, int radius)
    {
        RequireRadius(radius);
        var any = AnyCollector.OfThread();
        foreach (var step in Cascade)
        {
            if (step >= radius) break;
            Search(query, step, any);
            if (any.Match is { } match) return match;
        }
        Search(query, radius, any);
        return any.Match;
    }

    /// <summary>
    /// Looks all eight ways up that a picture can be turned and mirrored: a copy is found however it lies. A record is added once, with the turn that it is
    /// nearest to.
    /// </summary>
    /// <param name="picture">The hashes of the picture's turns.</param>
    /// <param name="radius">As in <see cref="FindAll(Hash256, int, NearMatches, int)"/>.</param>
    /// <param name="matches">Where matches are added, nearest first.</param>
    /// <param name="inverted">Also look the negative of the picture up.</param>
    public void FindTurned(PdqDihedralResult picture, int radius, NearMatches matches, bool inverted = false)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(matches);
        var before = matches.Count;
        Span<Hash256> queries = stackalloc Hash256[2 * Turns];
        for (var turn = 0; turn < Turns; turn++) (queries[turn], queries[Turns + turn]) = (picture[(Dihedral)turn], ~picture[(Dihedral)turn]);
        FindAll(queries[..(inverted ? 2 * Turns : Turns)], radius, matches);
        foreach (ref var match in matches.From(before))
            match = new(match.Id, match.Distance) { Turn = (Dihedral)(match.Query % Turns), IsInverted = match.Query >= Turns };
        matches.KeepNearest(before);
    }

    /// <summary>Writes the index into a file. It gets its name when all of it is on the disk: a file of that name is always whole.</summary>
    /// <exception cref="IOException">The disk is full, or something else is in the way. Then there is no file.</exception>
    public void Save(string path) => NearFile.Save(_parts, path);

    /// <summary>
    /// Opens a file that <see cref="Save"/> wrote, in some milliseconds: it is read where and when it is needed. Whatever is in the file, nothing beside
    /// it is read; whether it still is what was written, <see cref="Verify"/> says.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="inMemory">Reads all of it into memory with large pages: takes a second for some gigabytes, and searches are faster.</param>
    /// <exception cref="IndexFileException">It isn't a near index, or it is damaged, or made by a newer version. The message says which.</exception>
    public static NearIndex Open(string path, bool inMemory = false) => Open(NearFile.Open(path, inMemory), inMemory);

    /// <summary>Opens an index that lies inside another file, as it was copied there byte for byte.</summary>
    /// <param name="path">The file around it.</param>
    /// <param name="offset">Where it begins: a multiple of 4,096.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="inMemory">Reads all of it into memory with large pages: takes a second for some gigabytes, and searches are faster.</param>
    /// <exception cref="IndexFileException">It isn't a near index, or it is damaged, or made by a newer version. The message says which.</exception>
    public static NearIndex Open(string path, long offset, long length, bool inMemory = false) =>
        Open(NearFile.Open(path, inMemory, range: FileRange.Of(offset, length)), inMemory);

    private static NearIndex Open((NearPart[] Parts, SectionFile File) opened, bool inMemory)
    {
        if (!inMemory) return new(opened.Parts, opened.File);
        using (opened.File) return new(opened.Parts, file: null);
    }

    /// <summary>Reads the whole file and compares it with its checksums. Without effect for what was built or read into memory.</summary>
    /// <exception cref="IndexFileException">It isn't what was written.</exception>
    public void Verify(CancellationToken cancellation = default) => _file?.Verify(cancellation);

    /// <summary>Reads the whole file into memory, so that the first searches needn't wait for the disk.</summary>
    public void Populate(CancellationToken cancellation = default)
    {
        _file?.Populate(cancellation);
        _searcher = SearcherChoice.For(_parts, areInMemory: true);
    }

    /// <summary>Gives the memory back. No search may be under way.</summary>
    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
        _file?.Dispose();
    }

    /// <summary>Opens a file of another file system than the machine's.</summary>
    internal static NearIndex OpenFrom(IStorage storage, string path)
    {
        var (parts, file) = NearFile.Open(path, inMemory: false, storage);
        return new(parts, file);
    }

    /// <summary>Reads the lines that a search would look into, and does nothing with them.</summary>
    /// <param name="query">The hash that a search would look for.</param>
    /// <param name="radius">As in a search.</param>
    /// <param name="behind">Of each part what <see cref="BehindLines"/> gave, to be read as well; or null.</param>
    internal void Touch(in Hash256 query, int radius, nuint[][]? behind = null)
    {
        for (var i = 0; i < _parts.Length; i++) _searcher.Touch(_parts[i], query, radius, behind is null ? default : behind[i]);
    }

    /// <inheritdoc cref="Searcher.BehindLines"/>
    /// <returns>Of each part.</returns>
    internal nuint[][] BehindLines(Hash256 query, int radius) => [.. _parts.Select(part => _searcher.BehindLines(part, query, radius))];

    /// <summary>From now on searches with this kernel.</summary>
    internal NearIndex With(Kernels.Kernel kernel)
    {
        _searcher = SearcherChoice.For(kernel);
        return this;
    }

    internal static void RequireRadius(int radius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, LargestRadius);
    }

    internal void Search(in Hash256 query, int radius, MatchCollector found) => Search(new ReadOnlySpan<Hash256>(in query), radius, found);

    internal void Search(ReadOnlySpan<Hash256> queries, int radius, MatchCollector found)
    {
        RequireRadius(radius);
        foreach (var part in _parts)
            if (!found.HasEnough) _searcher.Search(part, queries, radius, found);
    }
}
