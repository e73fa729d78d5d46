using System.Runtime.InteropServices;
using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>Codes and their records that wait to go into an index, up to tens of millions: outside of the collected heap, where room for more is got without copying what is there.</summary>
internal sealed unsafe class GatheredLooks : IDisposable
{
    private const int Fewest = 1 << 10;

    private Hash256* codes;
    private int* records;
    private int room;

    public int Count { get; private set; }

    public ReadOnlySpan<Hash256> Codes => new(codes, Count);

    public ReadOnlySpan<int> Records => new(records, Count);

    public void Add(in Hash256 code, int record)
    {
        if (Count == room) Grow(Math.Max(Fewest, room + room / 2));
        codes[Count] = code;
        records[Count++] = record;
    }

    /// <summary>The first ones stay.</summary>
    public void Keep(int count) => Count = Math.Min(Count, count);

    /// <summary>Gives back the memory of many.</summary>
    public void Clear()
    {
        Count = 0;
        if (room > 1 << 20) Dispose();
    }

    public void Dispose()
    {
        NativeMemory.Free(codes);
        NativeMemory.Free(records);
        codes = null;
        records = null;
        room = 0;
    }

    private void Grow(int to)
    {
        codes = (Hash256*)NativeMemory.Realloc(codes, (nuint)to * (nuint)sizeof(Hash256));
        records = (int*)NativeMemory.Realloc(records, (nuint)to * sizeof(int));
        room = to;
    }
}
