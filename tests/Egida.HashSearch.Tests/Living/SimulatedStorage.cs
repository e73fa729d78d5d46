using System.Runtime.InteropServices;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Tests.Living;

/// <summary>
/// A file system that can crash before any step, and then has forgotten what it was free to forget: bytes and names that weren't
/// synced, each on its own. It can also be full, and fail once.
/// </summary>
internal sealed class SimulatedStorage : IStorage
{
    private readonly Dictionary<string, SimulatedFile> _names = [];
    private readonly Dictionary<string, SimulatedFile> _durableNames = [];
    private readonly List<(string Folder, Action<Dictionary<string, SimulatedFile>> Change)> _unsynced = [];
    private readonly HashSet<string> _locked = [];
    private bool _crashed;

    /// <summary>How many steps are made before the crash; null for none.</summary>
    public int? StepsToCrash { get; set; }

    /// <summary>How many bytes may still be written before the disk is full; null for any number.</summary>
    public long? Room { get; set; }

    /// <summary>How many steps are made before one fails, after it was made or instead; null for none.</summary>
    public int? StepsToFailure { get; set; }

    /// <summary>Whether a step has failed.</summary>
    public bool HasFailed { get; set; }

    /// <summary>How many files are mapped at present.</summary>
    public int Mapped { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The machine after the crash.</summary>
    public SimulatedStorage Restarted(Random random)
    {
        var restarted = new SimulatedStorage();
        foreach (var (_, change) in _unsynced)
            if (random.Next(2) == 0) change(_durableNames);
        var after = _durableNames.Values.Distinct().ToDictionary(file => file, file => file.AfterCrash(random));
        foreach (var (name, file) in _durableNames)
        {
            restarted._names[name] = after[file];
            restarted._durableNames[name] = after[file];
        }
        return restarted;
    }

    public IStorageFile Create(string path)
    {
        var file = new SimulatedFile();
        Step(() => Rename(path, names => names[path] = file));
        return new OpenFile(this, file);
    }

    public IStorageFile OpenForWriting(string path) => new OpenFile(this, Find(path));

    public MappedFile Map(string path)
    {
        Mapped++;
        return new Mapping(this, Find(path).Bytes);
    }

    public void Rename(string from, string to)
    {
        var file = Find(from);
        Step(() => Rename(to, names =>
        {
            names.Remove(from);
            names[to] = file;
        }));
    }

    public void Link(string from, string to)
    {
        var file = Find(from);
        if (_names.ContainsKey(to)) throw new IOException($"'{to}' exists.");
        Step(() => Rename(to, names => names[to] = file));
    }

    public void Delete(string path) => Step(() => Rename(path, names => names.Remove(path)));

    public void CreateFolder(string folder)
    {
    }

    public IReadOnlyList<string> FileNames(string folder) =>
        [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path))];

    public void SyncFolder(string folder) => Step(() =>
    {
        foreach (var (_, change) in _unsynced.Where(unsynced => unsynced.Folder == folder)) change(_durableNames);
        _unsynced.RemoveAll(unsynced => unsynced.Folder == folder);
    });

    public IDisposable? TryLock(string path) => _locked.Add(path) ? new Unlocking(() => _locked.Remove(path)) : null;

    /// <summary>The bytes of a file, to look at or to damage.</summary>
    public byte[] this[string path]
    {
        get => Find(path).Bytes;
        set
        {
            var file = new SimulatedFile();
            file.Write(0, value);
            file.Sync();
            _names[path] = _durableNames[path] = file;
        }
    }

    private void Rename(string path, Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unsynced.Add((Path.GetDirectoryName(path)!, change));
    }

    private SimulatedFile Find(string path) => _names.TryGetValue(path, out var file) ? file : throw new FileNotFoundException($"Could not find file '{path}'.", path);

    private void Step(Action step)
    {
        if (_crashed) throw new SimulatedCrash();
        Steps++;
        if (StepsToCrash-- == 0)
        {
            // Of a write that was under way, some may have got through.
            if (Steps % 2 == 0) step();
            _crashed = true;
            throw new SimulatedCrash();
        }
        var fails = StepsToFailure-- == 0;
        if (!fails || Steps % 2 == 0) step();
        if (!fails) return;
        HasFailed = true;
        throw new IOException("Input/output error");
    }

    private sealed class OpenFile(SimulatedStorage storage, SimulatedFile file) : IStorageFile
    {
        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var written = bytes.ToArray();
            storage.Step(() =>
            {
                var room = Math.Min(written.Length, storage.Room ?? long.MaxValue);
                file.Write(offset, written.AsSpan(0, (int)room));
                storage.Room -= room;
                if (room == written.Length) return;
                storage.HasFailed = true;
                throw new IOException("No space left on device");
            });
        }

        public void Sync() => storage.Step(file.Sync);

        public void SetLength(long length) => storage.Step(() => file.SetLength(length));

        public void Dispose()
        {
        }
    }

    private sealed unsafe class Mapping : MappedFile
    {
        private readonly SimulatedStorage _storage;
        private bool _disposed;

        public Mapping(SimulatedStorage storage, byte[] bytes)
            : base((byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes.Length), 4096), bytes.Length)
        {
            _storage = storage;
            bytes.CopyTo(new Span<byte>(Pointer, bytes.Length));
        }

        public override void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            NativeMemory.AlignedFree(Pointer);
            _storage.Mapped--;
        }
    }

    private sealed class Unlocking(Action unlock) : IDisposable
    {
        public void Dispose() => unlock();
    }
}
