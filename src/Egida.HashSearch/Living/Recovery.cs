using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>What an index consists of once it is open.</summary>
internal readonly record struct Recovered(Current Current, WriteAheadLog Log, Manifest Manifest);

/// <summary>Opens an index as the last process left it, wherever that one ended.</summary>
internal sealed class Recovery(IndexFolder folder, IStorage storage, int capacity, Action<Levels> onLast)
{
    private Levels? _levels;
    private WriteAheadLog? _log;
    private long _next;

    /// <exception cref="IndexFileException">A file is missing, damaged or from a newer version.</exception>
    public Recovered Run()
    {
        storage.CreateFolder(folder.Path);
        var names = storage.FileNames(folder.Path);
        if (!names.Contains(Path.GetFileName(folder.Manifest)))
        {
            Begin(names);
            names = storage.FileNames(folder.Path);
        }
        // A process may have ended, or been refused, before the names that are seen here were durable. From here on they are relied on.
        storage.SyncFolder(folder.Path);
        var manifest = Manifest.Read(folder.Manifest, storage);
        try
        {
            _levels = new(new(manifest.FirstLog, capacity), [], OpenSegments(manifest), new(manifest.Tombstones), onLast);
            _next = manifest.Checkpoint + 1;
            ReadLogs(manifest.FirstLog, names);
            DeleteLeftovers(manifest, names);
            return new(new(_levels, _next - 1), _log!, manifest);
        }
        catch
        {
            _log?.Dispose();
            _levels?.LetGo();
            throw;
        }
    }

    /// <summary>A new index. Its manifest comes last: where there is one, there is a log.</summary>
    private void Begin(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!IndexFolder.IsSegment(name, out _) && !(IndexFolder.IsLog(name, out _) && HasChanges(name))) continue;
            throw new IndexFileException(IndexFileProblem.Damaged, folder.Manifest,
                $"'{folder.Manifest}' is missing, but there are other files of an index. Restore a backup or build the index again.");
        }
        WriteAheadLog.Create(storage, folder.Log(Manifest.Empty.FirstLog), first: 1).Dispose();
        Manifest.Empty.Write(folder.Manifest, storage);
    }

    private bool HasChanges(string log)
    {
        using var mapped = storage.Map(folder.At(log));
        return mapped.Length > LogFrame.HeaderLength;
    }

    private List<Segment> OpenSegments(Manifest manifest)
    {
        var segments = new List<Segment>();
        try
        {
            foreach (var entry in manifest.Segments) segments.Add(Segment.Open(folder, entry, storage));
            return segments;
        }
        catch (FileNotFoundException missing)
        {
            foreach (var segment in segments) segment.Discard();
            throw new IndexFileException(IndexFileProblem.Damaged, folder.Path, $"{missing.Message} Restore a backup or build the index again.");
        }
        catch
        {
            foreach (var segment in segments) segment.Discard();
            throw;
        }
    }

    private void ReadLogs(long first, IReadOnlyList<string> names)
    {
        var newest = names.Max(name => IndexFolder.IsLog(name, out var number) ? number : 0);
        if (newest < first) throw Missing(first);
        for (var number = first; number <= newest; number++) ReadLog(number, number > first, number == newest);
    }

    private void ReadLog(long number, bool hasOlder, bool isNewest)
    {
        var path = folder.Log(number);
        MappedFile mapped;
        try
        {
            mapped = storage.Map(path);
        }
        catch (FileNotFoundException)
        {
            throw Missing(number);
        }
        using (mapped)
        {
            Replace(number, (int)Math.Max(capacity, mapped.Length / Change.AddLength + 1), hasOlder);
            var end = LogReader.Read(path, mapped.Bytes, _next, isNewest, (frame, changes) =>
            {
                if (_levels!.Apply(changes, frame.First) != frame.Next) throw IndexFileException.Damaged(path, $"the frame with change {frame.First}");
                _next = frame.Next;
            });
            // Nothing was written to it yet when the last process ended. The oldest one can't be: it was durable before the manifest named it.
            if (end is null && !hasOlder) throw IndexFileException.Damaged(path, "its begin");
            if (isNewest) _log = end is { } whole ? WriteAheadLog.Continue(storage, path, whole) : WriteAheadLog.Create(storage, path, _next);
        }
    }

    /// <summary>A memtable for the next log; the one of the log before it is as full as it gets.</summary>
    private void Replace(long number, int room, bool hasOlder)
    {
        var before = _levels!;
        if (hasOlder) before.Active.Freeze(_next - 1);
        _levels = before.With(new(number, room), hasOlder ? [.. before.Frozen, before.Active] : [], before.Segments, before.Tombstones);
        before.LetGo();
    }

    private void DeleteLeftovers(Manifest manifest, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var isLeftover = IndexFolder.IsTemporary(name)
                || (IndexFolder.IsSegment(name, out var segment) && manifest.Segments.All(entry => entry.Number != segment))
                || (IndexFolder.IsLog(name, out var log) && log < manifest.FirstLog);
            if (isLeftover) storage.Delete(folder.At(name));
        }
    }

    private IndexFileException Missing(long log) => new(IndexFileProblem.Damaged, folder.Log(log),
        $"'{folder.Log(log)}' is missing: changes were in it. Restore a backup or build the index again.");
}
