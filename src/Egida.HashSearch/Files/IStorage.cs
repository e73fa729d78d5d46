namespace Egida.HashSearch.Files;

/// <summary>
/// Everything that index files need of a file system, and nothing else: <see cref="DiskStorage"/> in use; tests put one in
/// its place that loses what wasn't synced, tears writes and runs full.
/// </summary>
/// <remarks>
/// What counts after a crash: a file's bytes once its <see cref="IStorageFile.Sync"/> has returned; a name, a new one as
/// well as one taken away, once <see cref="SyncFolder"/> of its folder has returned.
/// </remarks>
internal interface IStorage
{
    /// <summary>A new file to write; one of that name is emptied.</summary>
    IStorageFile Create(string path);

    /// <summary>An existing file to write on with.</summary>
    IStorageFile OpenForWriting(string path);

    /// <summary>The file's bytes in memory, read where they are touched.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    MappedFile Map(string path);

    /// <summary>Gives a file another name; a file that has that name is replaced, without an instant between.</summary>
    void Rename(string from, string to);

    /// <summary>A second name for a file that is never written again.</summary>
    void Link(string from, string to);

    /// <summary>Takes a file away; without effect if there is none. Who has it mapped goes on reading it.</summary>
    void Delete(string path);

    void CreateFolder(string folder);

    /// <summary>The names, without folder, of the files in a folder; none if there is no such folder.</summary>
    IReadOnlyList<string> FileNames(string folder);

    /// <summary>Makes the names in the folder outlast a crash.</summary>
    void SyncFolder(string folder);

    /// <summary>Holds the file for this user alone, until it is disposed of or the process ends; null if another one holds it.</summary>
    IDisposable? TryLock(string path);
}

/// <summary>A file that is being written.</summary>
internal interface IStorageFile : IDisposable
{
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when what was written outlasts a crash.</summary>
    void Sync();

    void SetLength(long length);
}
