using System.IO.MemoryMappedFiles;

namespace Egida.HashSearch.Files;

/// <summary>A file of the disk, mapped by the operating system.</summary>
internal sealed unsafe class MappedDiskFile : MappedFile
{
    private const long Piece = 64 << 20;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private bool _released;

    public MappedDiskFile(string path, FileRange? range = null) : this(Open(path, range))
    {
    }

    private MappedDiskFile((MemoryMappedFile? File, MemoryMappedViewAccessor? View, nint Pointer, long Length) opened)
        : base((byte*)opened.Pointer, opened.Length) =>
        (_file, _view) = (opened.File, opened.View);

    private static (MemoryMappedFile?, MemoryMappedViewAccessor?, nint, long) Open(string path, FileRange? range)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var whole = stream.Length;
        var (offset, length) = range is { } part ? (part.Offset, part.Length) : (0, whole);
        if (offset > whole || length > whole - offset)
        {
            stream.Dispose();
            throw IndexFileException.Truncated(path, whole, offset + length);
        }
        if (length == 0)
        {
            // There are no mappings of nothing.
            stream.Dispose();
            return default;
        }
        var file = MemoryMappedFile.CreateFromFile(stream, null, whole, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        var view = file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return (file, view, (nint)pointer + (nint)view.PointerOffset, length);
    }

    public override void Populate(CancellationToken cancellation)
    {
        for (long at = 0; at < Length; at += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = Math.Min(Piece, Length - at);
            if (!Posix.TryPopulate(Pointer + at, (nuint)piece)) Touch(Pointer + at, piece);
        }
    }

    private static void Touch(byte* start, long length)
    {
        for (long at = 0; at < length; at += Environment.SystemPageSize) Volatile.Read(ref start[at]);
    }

    public override void Dispose()
    {
        if (_released || _view is null) return;
        _released = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }
}
