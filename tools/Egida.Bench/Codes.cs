using Egida.HashSearch;
using Egida.HashSearch.Memory;

namespace Egida.Bench;

/// <summary>Codes to search among and queries to search for, the same on every machine: generated from a fixed seed.</summary>
internal sealed unsafe class Codes : IDisposable
{
    private readonly NativeBlock _memory;

    private Codes(int count)
    {
        _memory = new((long)count * sizeof(Hash256));
        Count = count;
    }

    public int Count { get; }

    public Span<Hash256> Span => new(_memory.Pointer, Count);

    /// <summary>Every bit a coin toss.</summary>
    public static Codes Uniform(int count)
    {
        var codes = new Codes(count);
        var random = new Random(7);
        random.NextBytes(new Span<byte>(codes._memory.Pointer, (int)Math.Min(int.MaxValue, codes._memory.Length)));
        for (var at = (long)int.MaxValue; at < codes._memory.Length; at += int.MaxValue)
            random.NextBytes(new Span<byte>(codes._memory.Pointer + at, (int)Math.Min(int.MaxValue, codes._memory.Length - at)));
        return codes;
    }

    public void Dispose() => _memory.Dispose();
}
