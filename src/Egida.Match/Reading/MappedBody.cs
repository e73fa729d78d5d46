using System.IO.MemoryMappedFiles;

namespace Egida.Match.Reading;

/// <summary>A list's file in memory, read where it is touched, for the tables beside the indexes.</summary>
internal sealed unsafe class MappedBody : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _begin;
    private bool _released;

    /// <param name="stream">The file; kept open.</param>
    /// <param name="bodyAt">Where the body begins.</param>
    public MappedBody(FileStream stream, long bodyAt)
    {
        _file = MemoryMappedFile.CreateFromFile(stream, null, stream.Length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, stream.Length, MemoryMappedFileAccess.Read);
        byte* begin = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref begin);
        _begin = begin + bodyAt;
    }

    /// <summary>The rows of a table. Right until this is disposed of; whoever takes them keeps this alive.</summary>
    public ReadOnlySpan<T> Rows<T>(Table<T> table) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_released, this);
        return new(_begin + table.Offset, table.Count);
    }

    public void Dispose()
    {
        if (_released) return;
        _released = true;
        _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }
}

/// <summary>Where a table's rows are in the body.</summary>
internal readonly record struct Table<T>(long Offset, int Count) where T : unmanaged;
