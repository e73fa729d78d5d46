namespace Egida.HashSearch.Files;

/// <summary>
/// Writes an index file, section by section. It grows under a temporary name beside its own; <see cref="Commit"/> gives it
/// its name when every byte is durable, so that a file of that name is always whole.
/// </summary>
/// <remarks>
/// Content may come in pieces: <see cref="Begin"/>, any number of <see cref="Write(ReadOnlySpan{byte})"/>, next section or
/// <see cref="Commit"/>. Small pieces are gathered. If it is disposed of without a commit, nothing remains.
/// </remarks>
internal sealed unsafe class SectionFileWriter : IDisposable
{
    private const int BufferLength = 1 << 16;

    private readonly IStorage _storage;
    private readonly string _path;
    private readonly string _kind;
    private readonly int _version;
    private readonly IStorageFile _file;
    private readonly List<Section> _sections = [];
    private readonly List<ReservedSection> _reserved = [];
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _buffered;
    private long _length = Section.Alignment;
    private string? _open;
    private long _begin;
    private Crc32C _crc;
    private bool _committed;
    private bool _disposed;

    /// <param name="path">The file's name once it is whole; a file of that name is replaced.</param>
    /// <param name="kind">What it is, such as "near".</param>
    /// <param name="version">The version of that kind's layout, from 1.</param>
    public SectionFileWriter(string path, string kind, int version, IStorage? storage = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        SectionName.Write(kind, stackalloc byte[SectionName.Length]);
        (_storage, _path, _kind, _version) = (storage ?? DiskStorage.Instance, Path.GetFullPath(path), kind, version);
        _file = _storage.Create(TemporaryPath(_path));
    }

    /// <summary>Where a file grows until it is whole. One that is found there is left over from a crash.</summary>
    public static string TemporaryPath(string path) => path + ".tmp";

    /// <summary>A whole section.</summary>
    public void Add(string section, byte* content, long length)
    {
        Begin(section);
        Write(content, length);
    }

    /// <summary>A whole section.</summary>
    public void Add(string section, ReadOnlySpan<byte> content)
    {
        Begin(section);
        Write(content);
    }

    /// <summary>A whole section: the rest of a stream.</summary>
    public void Add(string section, Stream content)
    {
        Begin(section);
        var piece = new byte[BufferLength];
        for (int read; (read = content.Read(piece)) > 0;) Write(piece.AsSpan(0, read));
    }

    /// <summary>Leaves room for a section whose length is known, to be written beside the others.</summary>
    /// <inheritdoc cref="Begin"/>
    public ReservedSection Reserve(string section, long length)
    {
        RequireNew(section);
        End();
        Flush();
        var reserved = new ReservedSection(_file, section, _length, length);
        _reserved.Add(reserved);
        _length = Section.Align(_length + length);
        return reserved;
    }

    /// <summary>Ends the section that is being written, and begins one of this name.</summary>
    /// <exception cref="ArgumentException">The name isn't one, or was used before.</exception>
    public void Begin(string section)
    {
        RequireNew(section);
        End();
        (_open, _begin, _crc) = (section, _length, new());
    }

    /// <summary>The next bytes of the section.</summary>
    public void Write(byte* content, long length)
    {
        for (long at = 0; at < length; at += BufferLength) Write(new ReadOnlySpan<byte>(content + at, (int)Math.Min(BufferLength, length - at)));
    }

    /// <summary>The next bytes of the section.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (_open is null) throw new InvalidOperationException("No section was begun.");
        // In pieces, so that the bytes are still in the cache when they are written.
        for (; content.Length > BufferLength; content = content[BufferLength..]) Append(content[..BufferLength]);
        Append(content);
    }

    /// <summary>Ends the file, makes it durable and gives it its name.</summary>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_disposed || _committed, this);
        End();
        var header = WriteTable();
        Span<byte> page = stackalloc byte[FileHeader.Length];
        header.Write(page);
        _file.Write(0, page);
        _file.Sync();
        _file.Dispose();
        _storage.Rename(TemporaryPath(_path), _path);
        _committed = true;
        _storage.SyncFolder(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _file.Dispose();
        if (!_committed) _storage.Delete(TemporaryPath(_path));
    }

    private void RequireNew(string section)
    {
        ObjectDisposedException.ThrowIf(_disposed || _committed, this);
        SectionName.Write(section, stackalloc byte[SectionName.Length]);
        if (section == _open || _sections.Exists(other => other.Name == section) || _reserved.Exists(other => other.Name == section))
            throw new ArgumentException($"There is a section '{section}' already.", nameof(section));
    }

    private void End()
    {
        if (_open is null) return;
        _sections.Add(new(_open, _begin, _length - _begin, _crc.Value));
        _open = null;
        Pad();
    }

    private void Pad()
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[Section.Alignment];
        AppendRaw(zeros[..(int)(Section.Align(_length) - _length)]);
    }

    private FileHeader WriteTable()
    {
        _sections.AddRange(_reserved.Select(reserved => reserved.Section));
        // Readers want to find them one behind the other.
        _sections.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        var table = new byte[_sections.Count * Section.EntryLength];
        for (var i = 0; i < _sections.Count; i++) _sections[i].Write(table.AsSpan(i * Section.EntryLength));
        var offset = _length;
        AppendRaw(table);
        Flush();
        return new(_kind, _version, _length, offset, _sections.Count, Crc32C.Of(table));
    }

    private void Append(ReadOnlySpan<byte> content)
    {
        _crc.Append(content);
        AppendRaw(content);
    }

    private void AppendRaw(ReadOnlySpan<byte> content)
    {
        if (content.Length > BufferLength - _buffered) Flush();
        if (content.Length >= BufferLength)
        {
            _file.Write(_length, content);
        }
        else
        {
            content.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += content.Length;
        }
        _length += content.Length;
    }

    private void Flush()
    {
        if (_buffered > 0) _file.Write(_length - _buffered, _buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }
}
