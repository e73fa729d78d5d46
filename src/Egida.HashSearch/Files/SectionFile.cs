namespace Egida.HashSearch.Files;

/// <summary>
/// An index file, opened to read: named sections in memory. The one container of all indexes of this library.
/// </summary>
/// <remarks>
/// <para>
/// Page 0 holds the <see cref="FileHeader"/>, then come the sections, each at the begin of a page, then the table of
/// <see cref="Section"/>s; gaps are zeros. Nothing in it is an address, so it is used where it is mapped.
/// </para>
/// <para>
/// Opening looks only at header and table, which takes no longer for a large file; <see cref="Verify"/> reads everything.
/// Without it, what is in the sections is as good as the disk: a reader of a section must not follow an offset or a count
/// out of it without checking it against the section's length.
/// </para>
/// <para>Any number of threads may read. Who disposes of it must know that none does any more.</para>
/// </remarks>
internal sealed unsafe class SectionFile : IDisposable
{
    private readonly MappedFile _mapped;
    private readonly Dictionary<string, Section> _sections;
    private bool _disposed;

    private SectionFile(string path, MappedFile mapped, FileHeader header, Dictionary<string, Section> sections) =>
        (Path, _mapped, Version, _sections) = (path, mapped, header.Version, sections);

    public string Path { get; }

    /// <summary>The version of the kind's layout, from 1.</summary>
    public int Version { get; }

    public long FileLength => _mapped.Length;

    /// <param name="kind">What it must be, such as "near".</param>
    /// <param name="newest">The newest version of that kind which the caller can read.</param>
    /// <param name="storage">Where the file is, if not on this machine's disk.</param>
    /// <param name="range">Which part of a file on the disk is the index, if it isn't all of it.</param>
    /// <exception cref="IndexFileException">It isn't such a file, or it is newer, truncated or damaged in its structure.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SectionFile Open(string path, string kind, int newest, IStorage? storage = null, FileRange? range = null)
    {
        var mapped = range is null ? (storage ?? DiskStorage.Instance).Map(path) : new MappedDiskFile(path, range);
        try
        {
            var header = FileHeader.Read(path, new(mapped.Pointer, (int)Math.Min(mapped.Length, FileHeader.Length)), kind, newest);
            return new(path, mapped, header, SectionTable.Read(path, mapped, header));
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    public bool Has(string section) => _sections.ContainsKey(section);

    /// <summary>The section's length in bytes.</summary>
    /// <exception cref="IndexFileException">There is no such section.</exception>
    public long Length(string section) => Find(section).Length;

    /// <summary>The section's first byte, at the begin of a page. Right until this is disposed of.</summary>
    /// <exception cref="IndexFileException">There is no such section.</exception>
    public byte* Pointer(string section)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _mapped.Pointer + Find(section).Offset;
    }

    /// <summary>A section that must hold exactly this many bytes, as the reader has computed from another one.</summary>
    /// <exception cref="IndexFileException">There is no such section, or it has another length.</exception>
    public byte* Pointer(string section, long length) =>
        Length(section) == length ? Pointer(section) : throw Damaged(section);

    /// <summary>The bytes of a small section.</summary>
    /// <exception cref="IndexFileException">There is no such section.</exception>
    public ReadOnlySpan<byte> Bytes(string section) => new(Pointer(section), checked((int)Length(section)));

    /// <summary>What to throw when a section's content makes no sense.</summary>
    public IndexFileException Damaged(string section) => IndexFileException.Damaged(Path, $"section '{section}'");

    /// <summary>Reads everything and compares it with its checksums: a second or two for a gigabyte from a disk.</summary>
    /// <exception cref="IndexFileException">A section, or a gap between two, isn't what was written.</exception>
    public void Verify(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SectionTable.Verify(Path, _mapped, _sections.Values, cancellation);
    }

    /// <summary>Reads the whole file into memory, so that queries needn't wait for the disk.</summary>
    public void Populate(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _mapped.Populate(cancellation);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _mapped.Dispose();
    }

    private Section Find(string section) =>
        _sections.TryGetValue(section, out var found) ? found : throw IndexFileException.Damaged(Path, $"its section table: section '{section}' is missing");
}
