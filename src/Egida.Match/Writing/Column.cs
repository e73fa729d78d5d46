using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Egida.Match.Writing;

/// <summary>
/// Rows of one kind while a list is gathered. The first few are in memory, the others in a file without a name, so a list of forty million records takes no more
/// memory than a small one until its indexes are built.
/// </summary>
/// <param name="scratch">The folder for the file.</param>
internal sealed unsafe class Column<T>(string scratch) : IDisposable where T : unmanaged
{
    private const int MostInMemory = 1 << 16;

    private T[] _rows = [];
    private int _inMemory;
    private int _inFile;
    private FileStream? _file;
    private MemoryMappedFile? _mapping;
    private MemoryMappedViewAccessor? _view;

    public int Count => checked(_inFile + _inMemory);

    public void Add(T row)
    {
        if (_inMemory == _rows.Length) MakeRoom();
        _rows[_inMemory++] = row;
    }

    /// <summary>All rows in the order of adding. No row can be added after that.</summary>
    public ReadOnlySpan<T> All()
    {
        if (_file is null) return _rows.AsSpan(0, _inMemory);
        if (_view is null)
        {
            Spill();
            _file.Flush();
            _mapping = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _mapping.CreateViewAccessor(0, (long)_inFile * Unsafe.SizeOf<T>(), MemoryMappedFileAccess.Read);
        }
        // Valid as long as the view, which Dispose gives back.
        return new((void*)(_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)_view.PointerOffset), _inFile);
    }

    public void Dispose()
    {
        _view?.Dispose();
        _mapping?.Dispose();
        _file?.Dispose();
    }

    private void MakeRoom()
    {
        if (_rows.Length < MostInMemory) Array.Resize(ref _rows, Math.Max(16, _rows.Length * 4));
        else Spill();
    }

    private void Spill()
    {
        _file ??= new FileStream(Path.Combine(scratch, $"egida-list-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _file.Write(MemoryMarshal.AsBytes(_rows.AsSpan(0, _inMemory)));
        (_inFile, _inMemory) = (checked(_inFile + _inMemory), 0);
    }
}
