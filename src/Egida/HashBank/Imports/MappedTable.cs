using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace Egida.HashBank.Imports;

/// <summary>A file of one page of header and many places of 8 bytes, mapped to be written.</summary>
internal sealed unsafe class MappedTable : IDisposable
{
    private const int Page = 4096;

    /// <summary>"egidakh2".</summary>
    private const ulong Magic = 0x3268_6B61_6469_6765;

    private readonly FileStream file;
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    private MappedTable(FileStream file)
    {
        this.file = file;
        mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        view = mapping.CreateViewAccessor();
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public ref TableHeader Header => ref Unsafe.AsRef<TableHeader>(start);

    public ulong* Places => (ulong*)(start + Page);

    public static MappedTable Create(string path, TableHeader header, long places)
    {
        // The disk's room is taken here: where it is full, that is said now, and not by a signal in the middle of a write.
        var length = Page + (places * sizeof(ulong));
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, PreallocationSize = length });
        file.SetLength(length);
        var table = new MappedTable(file);
        table.Header = header with { Magic = Magic };
        return table;
    }

    /// <returns>Null where there is no such file, or it isn't one of these, or not as long as it says.</returns>
    public static MappedTable? Open(string path, Func<int, long> placesOf)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (file.Length < Page)
        {
            file.Dispose();
            return null;
        }

        var table = new MappedTable(file);
        if (table.Header.Magic == Magic && table.Header.LineBits is > 0 and < 40 && file.Length == Page + (placesOf(table.Header.LineBits) * sizeof(ulong)))
        {
            return table;
        }

        table.Dispose();
        return null;
    }

    public void Flush()
    {
        view.Flush();
        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        mapping.Dispose();
        file.Dispose();
    }
}
