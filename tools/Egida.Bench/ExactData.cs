using System.Runtime.InteropServices;
using Egida.HashSearch;
using Egida.HashSearch.Memory;

namespace Egida.Bench;

/// <summary>Digests of nothing: numbers well mixed, the same in every run.</summary>
internal sealed unsafe class ExactData<TDigest> : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly NativeBlock _block;
    private readonly int _count;

    public ExactData(int count)
    {
        _count = count;
        _block = new((long)count * sizeof(TDigest));
        for (var i = 0; i < count; i++) ((TDigest*)_block.Pointer)[i] = Digest((ulong)i);
    }

    public ReadOnlySpan<TDigest> Digests => new(_block.Pointer, _count);

    /// <summary>Room for the answers.</summary>
    public int[] Results { get; } = new int[4_000_000];

    public TDigest[] Hits(int count) => Queries(count, _ => true);

    public TDigest[] Misses(int count) => Queries(count, _ => false);

    /// <summary>Half hits, half misses, in no order.</summary>
    public TDigest[] Mixed(int count) => Queries(count, random => (random & 1) == 0);

    /// <summary>A bench of wrong answers would be worth nothing.</summary>
    public void RequireRight(ExactIndex<TDigest> index, TDigest[] hits)
    {
        if (index.FindAll(hits, Results) != hits.Length) throw new InvalidOperationException("A digest that was put in isn't found.");
        for (var i = 0; i < hits.Length; i++)
        {
            if (!Digests[Results[i]].Equals(hits[i])) throw new InvalidOperationException("A look-up gave a record with another digest.");
        }
    }

    public void Dispose() => _block.Dispose();

    private TDigest[] Queries(int count, Func<ulong, bool> isHit)
    {
        var queries = new TDigest[count];
        for (var i = 0; i < count; i++)
        {
            var random = Mix((ulong)i + 0x5EED);
            queries[i] = isHit(random >> 7) && _count > 0 ? Digests[(int)(Mix(random) % (ulong)_count)] : Digest(random | 1ul << 63);
        }
        return queries;
    }

    private static TDigest Digest(ulong number)
    {
        Span<ulong> words = stackalloc ulong[4];
        for (var i = 0; i < 4; i++) words[i] = Mix(number * 4 + (ulong)i);
        return TDigest.FromBytes(MemoryMarshal.AsBytes(words)[..TDigest.Length]);
    }

    // The finaliser of SplitMix64.
    private static ulong Mix(ulong number)
    {
        number += 0x9E3779B97F4A7C15;
        number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9;
        number = (number ^ number >> 27) * 0x94D049BB133111EB;
        return number ^ number >> 31;
    }
}
