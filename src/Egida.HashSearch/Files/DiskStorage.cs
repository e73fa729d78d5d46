using Microsoft.Win32.SafeHandles;

namespace Egida.HashSearch.Files;

/// <summary>The file system of this machine.</summary>
internal sealed class DiskStorage : IStorage
{
    public static DiskStorage Instance { get; } = new();

    private DiskStorage()
    {
    }

    public IStorageFile Create(string path) => new OpenFile(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read));

    public IStorageFile OpenForWriting(string path) => new OpenFile(File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read));

    public MappedFile Map(string path) => new MappedDiskFile(path);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void Link(string from, string to) => Posix.Link(from, to);

    public void Delete(string path) => File.Delete(path);

    public void CreateFolder(string folder) => Directory.CreateDirectory(folder);

    public IReadOnlyList<string> FileNames(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))] : [];

    public void SyncFolder(string folder) => Posix.SyncFolder(folder);

    public IDisposable? TryLock(string path)
    {
        // Held by the open file, not by its presence: a killed process leaves nothing to clean up.
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private sealed class OpenFile(SafeFileHandle handle) : IStorageFile
    {
        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Dispose() => handle.Dispose();
    }
}
