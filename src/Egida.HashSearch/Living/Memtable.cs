using Egida.HashSearch.Kernels;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Living;

/// <summary>
/// The newest records, in memory. One thread adds and removes; any number of threads search without waiting for it. What is
/// in here is also in the write-ahead log of the same number.
/// </summary>
/// <remarks>
/// Every record carries the times (numbers of changes) when it was added and removed, so a search sees it as it was at the time that
/// the search was given, whatever happens meanwhile. Its place is never used again: when the table is full it becomes a segment.
/// </remarks>
internal sealed unsafe class Memtable : Level
{
    /// <summary>Up to here looking at all codes is faster than looking into tables.</summary>
    private const int FewCodes = 512;
    private const int None = -1;

    private readonly NativeBlock _memory;
    private readonly SlotTables _tables;
    private readonly Hash256* _codes;
    private readonly int* _ids;
    private readonly long* _addedAt;
    private readonly long* _removedAt;
    private readonly int[] _newestOfId;
    private readonly int* _olderOfId;
    private int _added;
    private int _count;

    /// <param name="number">Of its log.</param>
    /// <param name="capacity">How many records may be added.</param>
    public Memtable(long number, int capacity)
    {
        (Number, Capacity) = (number, capacity);
        _tables = new(capacity);
        _memory = new(capacity * (sizeof(Hash256) + 2L * sizeof(long) + 2 * sizeof(int)));
        _codes = (Hash256*)_memory.Pointer;
        _addedAt = (long*)(_codes + capacity);
        _removedAt = _addedAt + capacity;
        _ids = (int*)(_removedAt + capacity);
        _olderOfId = _ids + capacity;
        _newestOfId = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        Array.Fill(_newestOfId, None);
    }

    public long Number { get; }

    public int Capacity { get; }

    /// <summary>The last change before it was frozen: as a segment it is exact as of this time.</summary>
    public long End { get; private set; }

    /// <summary>Records added, removed ones included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>No record is added any more; removals go on.</summary>
    public void Freeze(long end) => End = end;

    public bool HasRoomFor(int adds) => Capacity - _added >= adds;

    /// <summary>Adds a record. It is found from the next <see cref="Publish"/> on.</summary>
    public void Add(in Hash256 hash, int id, long now)
    {
        var number = _added++;
        _codes[number] = hash;
        _ids[number] = id;
        _addedAt[number] = now;
        ref var newest = ref NewestOf(id);
        _olderOfId[number] = newest;
        newest = number;
    }

    /// <summary>Lets searches find what was added.</summary>
    public void Publish()
    {
        _tables.Add(_codes, _count, _added);
        // Last: who sees the new count sees all of the records.
        Volatile.Write(ref _count, _added);
    }

    /// <summary>Removes all records of this id that are in here.</summary>
    public void Remove(int id, long now)
    {
        for (var number = NewestOf(id); number != None; number = _olderOfId[number])
            if (_ids[number] == id && _removedAt[number] == 0) Volatile.Write(ref _removedAt[number], now);
    }

    public override void FindAll(in Hash256 query, int radius, LevelCollector found)
    {
        var count = Count;
        if (count <= FewCodes)
        {
            for (var number = 0; number < count; number++)
            {
                var distance = query.Distance(_codes[number]);
                if (distance <= radius && IsThere(number, found.Now)) found.Add(_ids[number], distance);
            }
            return;
        }
        foreach (var hit in SlotSearch.Find(KernelRegistry.Preferred, _tables, _codes, count, query, radius))
            if (IsThere(hit.Number, found.Now)) found.Add(_ids[hit.Number], hit.Distance);
    }

    /// <summary>The records that are there at a time, each once.</summary>
    public RecordBuffer Records(long now)
    {
        var records = new RecordBuffer(_count);
        for (var number = 0; number < _count; number++)
            if (IsThere(number, now) && !HasOlderTwin(number, now)) records.Add(_codes[number], _ids[number]);
        return records;
    }

    protected override void Free()
    {
        _tables.Dispose();
        _memory.Dispose();
    }

    private bool IsThere(int number, long now)
    {
        var removed = Volatile.Read(ref _removedAt[number]);
        return _addedAt[number] <= now && (removed == 0 || removed > now);
    }

    private bool HasOlderTwin(int number, long now)
    {
        for (var older = _olderOfId[number]; older != None; older = _olderOfId[older])
            if (_ids[older] == _ids[number] && _codes[older] == _codes[number] && IsThere(older, now)) return true;
        return false;
    }

    // Ids that follow each other stay neighbours: adding them in order doesn't jump about in memory.
    private ref int NewestOf(int id) => ref _newestOfId[id & _newestOfId.Length - 1];
}
