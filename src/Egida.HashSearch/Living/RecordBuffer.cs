using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Living;

/// <summary>Records on their way into a segment, outside the collected heap.</summary>
internal sealed unsafe class RecordBuffer(int capacity) : IDisposable
{
    private readonly NativeBlock _hashes = new((long)capacity * sizeof(Hash256));
    private readonly NativeBlock _ids = new((long)capacity * sizeof(int));

    public int Count { get; private set; }

    public ReadOnlySpan<Hash256> Hashes => new(_hashes.Pointer, Count);

    public ReadOnlySpan<int> Ids => new(_ids.Pointer, Count);

    public void Add(in Hash256 hash, int id)
    {
        if (Count == capacity) throw new InvalidOperationException("There is no room for another record.");
        ((Hash256*)_hashes.Pointer)[Count] = hash;
        ((int*)_ids.Pointer)[Count] = id;
        Count++;
    }

    public void Dispose()
    {
        _hashes.Dispose();
        _ids.Dispose();
    }
}
