using System.Text;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Tests.Living;

/// <summary>
/// One random life of an index beside its model: adds, removals, batches, imports, compaction, backups, reopening, full disks and
/// crashes at any step. The seed is all there is to know about it.
/// </summary>
internal sealed class History : IDisposable
{
    private readonly Random _random;
    private readonly Hash256[] _hashes;
    private readonly (Hash256 Query, int Radius)[] _queries;
    private readonly NearMatches _matches = new();
    private readonly StringBuilder _told = new();
    private readonly string _folder;
    private readonly bool _isOnDisk;
    private SimulatedStorage _storage = new();
    private LivingNearIndex _index;
    private Model _model = new();
    private int _backups;

    /// <param name="folder">Of the disk, without faults; null for a simulated one with faults.</param>
    public History(int seed, string? folder = null)
    {
        _random = new(seed);
        (_folder, _isOnDisk) = (folder ?? "/", folder is not null);
        _hashes = Hashes();
        _queries = [.. ((int[])[47, 31, 47, 15, 47, 0]).Select((radius, i) => (Codes.Near(_hashes[i], 20, _random), radius))];
        _index = Open();
    }

    public void Dispose() => _index.Dispose();

    /// <summary>Null if index and model never differed; otherwise what happened.</summary>
    public string? Live(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(8) == 0) _storage.StepsToCrash = _random.Next(30);
            if (_random.Next(20) == 0) _storage.Room = _random.Next(20_000);
            if (_random.Next(20) == 0) _storage.StepsToFailure = _random.Next(12);
            if (Step() is { } difference) return $"{difference}\n{_told}";
            (_storage.Room, _storage.StepsToFailure) = (null, null);
        }
        _index.Dispose();
        return _storage.Mapped == 0 ? null : $"{_storage.Mapped} files are still mapped\n{_told}";
    }

    private string? Step()
    {
        var before = _model.Copy();
        try
        {
            Do(_random.Next(24));
            return _random.Next(3) == 0 ? Difference(_index) : null;
        }
        catch (SimulatedCrash)
        {
            return Restart(before);
        }
        catch (IOException failure) when (_storage.HasFailed)
        {
            return AfterFailure(before, failure);
        }
    }

    /// <summary>What failed wasn't made, except if nobody can know: then it is all or nothing when the index is opened again.</summary>
    private string? AfterFailure(Model before, IOException failure)
    {
        Tell(failure.Message);
        (_storage.Room, _storage.StepsToFailure, _storage.StepsToCrash, _storage.HasFailed) = (null, null, null, false);
        var after = _model;
        try
        {
            if (before.Difference(_index, _queries, _matches) is { } difference) return difference;
            Reopen();
        }
        catch (ObjectDisposedException)
        {
            // It was opening that failed.
            _index = Open();
        }
        _model = Difference(_index) is null ? after : before;
        return Difference(_index);
    }

    private void Do(int what)
    {
        switch (what)
        {
            case < 6: Add(); break;
            case < 9: Remove(); break;
            case < 14: Batch(); break;
            case 14: Import(); break;
            case < 19: Tell($"compact a step: {_index.CompactOneStep()}"); break;
            case 19: Flush(); break;
            case 20: Compact(); break;
            case 21: Backup(); break;
            default: Reopen(); break;
        }
    }

    private void Add()
    {
        var (hash, id) = (Any(_hashes), AnyId());
        Tell($"add {id}");
        _model.Add(hash, id);
        _index.Add(hash, id);
    }

    private void Remove()
    {
        var id = AnyId();
        Tell($"remove {id}");
        _model.Remove(id);
        _index.Remove(id);
    }

    private void Batch()
    {
        var changes = new NearChanges();
        var count = _random.Next(1, 17);
        for (var i = 0; i < count; i++)
        {
            var (hash, id) = (Any(_hashes), AnyId());
            if (_random.Next(4) == 0)
            {
                changes.Remove(id);
                _model.Remove(id);
            }
            else
            {
                changes.Add(hash, id);
                _model.Add(hash, id);
            }
        }
        Tell($"batch of {count}");
        _index.Make(changes);
    }

    private void Import()
    {
        var records = Enumerable.Range(0, _random.Next(1, 30)).Select(_ => (Hash: Any(_hashes), Id: AnyId())).ToList();
        Tell($"import {records.Count}");
        foreach (var (hash, id) in records) _model.Add(hash, id);
        _index.Import(records.ConvertAll(record => record.Hash).ToArray(), records.ConvertAll(record => record.Id).ToArray());
    }

    private void Flush()
    {
        Tell("flush");
        _index.Flush();
    }

    private void Compact()
    {
        Tell("compact");
        _index.Compact();
    }

    private void Reopen()
    {
        Tell("reopen");
        _index.Dispose();
        _index = Open();
    }

    private void Backup()
    {
        Tell("backup");
        var name = $"backup{_backups++}";
        _index.Backup(Path.Combine(_folder, name));
        _storage.Room = null;
        var (then, later) = (_model.Copy(), AnyId());
        _model.Remove(later);
        _index.Remove(later);
        using (var backup = Open(name))
        {
            if (then.Difference(backup, _queries, _matches) is { } difference) throw new InvalidOperationException($"the backup: {difference}\n{_told}");
            backup.Compact();
        }
    }

    /// <summary>After the crash: all that was confirmed, and of what was under way all or nothing.</summary>
    private string? Restart(Model before)
    {
        Tell("crash");
        _index.Dispose();
        _storage = _storage.Restarted(_random);
        // It may also crash while it recovers, again and again.
        for (var times = 0; ; times++)
        {
            try
            {
                _storage.StepsToCrash = times < 3 && _random.Next(2) == 0 ? _random.Next(8) : null;
                _index = Open();
                break;
            }
            catch (SimulatedCrash)
            {
                Tell("crash while opening");
                _storage = _storage.Restarted(_random);
            }
        }
        _storage.StepsToCrash = null;
        if (Difference(_index) is not { } difference) return null;
        _model = before;
        return Difference(_index) is null ? null : difference;
    }

    private string? Difference(LivingNearIndex index) => _model.Difference(index, _queries, _matches);

    private LivingNearIndex Open(string name = "index") =>
        LivingNearIndex.Open(Path.Combine(_folder, name), new()
        {
            Storage = _isOnDisk ? DiskStorage.Instance : _storage,
            MemtableRecords = 16,
            CompactsInBackground = false,
        });

    private void Tell(string what) => _told.Append(what).Append('\n');

    private int AnyId() => _random.Next(12);

    private T Any<T>(T[] of) => of[_random.Next(of.Length)];

    /// <summary>Some that are near each other, some that are not, all equally likely to be met again.</summary>
    private Hash256[] Hashes()
    {
        var centre = Codes.Uniform(_random);
        return [Codes.Uniform(_random), Codes.Uniform(_random), .. Enumerable.Range(0, 10).Select(_ => Codes.Near(centre, 40, _random))];
    }
}
