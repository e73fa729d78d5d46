using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Egida.HashSearch.Opaque;

/// <summary>Passes by all records, or all sketches, with a few queries at a time.</summary>
internal static unsafe class OpaqueScan<TKernel> where TKernel : struct, IOpaqueKernel
{
    /// <summary>So many queries stay in the processor's first cache beside a block.</summary>
    private const int Tile = 32;

    /// <summary>How many blocks are looked at to estimate how many records a sketch leaves.</summary>
    private const int SampleBlocks = 256;

    /// <summary>
    /// A sketch pays if it leaves no more than one record in so many. Reading a record that isn't next to the one before takes some forty
    /// times as long as passing by it, the pass over the sketches a quarter of a pass over the records.
    /// </summary>
    private const int LeastPerCandidate = 50;

    public static bool Run(OpaqueRecords records, ReadOnlySpan<OpaqueVector144> queries, in OpaqueSearch search, List<OpaqueMatch> matches)
    {
        var tile = stackalloc Query[Tile];
        var isAll = true;
        for (var start = 0; start < queries.Length && isAll; start += Tile)
        {
            search.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(Tile, queries.Length - start);
            // Those that go by sketch from the front, those that take all records from the back.
            int front = 0, back = count;
            for (var i = 0; i < count; i++)
            {
                var query = new Query(start + i, queries[start + i]);
                if (GoesBySketch(records, search, ref query)) tile[front++] = query;
                else tile[--back] = query;
            }
            isAll = PassSketches(records, search, tile, front, matches) && PassVectors(records, search, tile + back, count - back, matches);
        }
        matches.Sort(s_order);
        // Pointers alone don't keep the memory: without this it could be given back while it is read.
        GC.KeepAlive(records);
        return isAll;
    }

    private static readonly Comparison<OpaqueMatch> s_order = static (left, right) =>
        left.Query != right.Query ? left.Query.CompareTo(right.Query)
        : left.Distance != right.Distance ? left.Distance.CompareTo(right.Distance)
        : left.Record.CompareTo(right.Record);

    /// <summary>A query's place among all, its vector and its sketch.</summary>
    private struct Query
    {
        public readonly int Index;
        public fixed ulong Vector[OpaqueRecords.VectorWords];
        public fixed ulong Sketch[OpaqueRecords.SketchWords];

        public Query(int index, in OpaqueVector144 vector)
        {
            Index = index;
            fixed (ulong* to = Vector) vector.Bytes.CopyTo(new(to, OpaqueVector144.ByteLength));
            fixed (ulong* to = Sketch) CellSums.Sketch(vector.Bytes, new(to, CellSums.Cells));
        }
    }

    internal static bool GoesBySketch(OpaqueRecords records, in OpaqueSearch search, in OpaqueVector144 vector)
    {
        var query = new Query(0, vector);
        return GoesBySketch(records, search, ref query);
    }

    private static bool GoesBySketch(OpaqueRecords records, in OpaqueSearch search, ref Query query)
    {
        if (search.Way != OpaqueWay.ByEstimate) return search.Way == OpaqueWay.BySketch;
        var sample = Math.Min(SampleBlocks, records.Blocks);
        var candidates = 0;
        fixed (ulong* sketch = query.Sketch)
        {
            for (var i = 0; i < sample; i++)
            {
                var block = (int)((long)i * records.Blocks / sample);
                candidates += BitOperations.PopCount(Candidates(search.Metric, records.Sketches(block), sketch, search.SketchLimit));
            }
        }
        return candidates * LeastPerCandidate <= sample * OpaqueRecords.PerBlock;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Candidates(OpaqueMetric metric, ulong* sketches, ulong* sketch, uint limit) => metric == OpaqueMetric.L1
        ? TKernel.WithinL1(sketches, sketch, OpaqueRecords.SketchWords, limit)
        : TKernel.MaybeWithinSquaredL2(sketches, sketch, OpaqueRecords.SketchWords, limit);

    private static bool PassSketches(OpaqueRecords records, OpaqueSearch search, Query* queries, int count, List<OpaqueMatch> matches)
    {
        if (count == 0) return true;
        var (metric, limit, blocks) = (search.Metric, search.SketchLimit, records.Blocks);
        for (var block = 0; block < blocks; block++)
        {
            var sketches = records.Sketches(block);
            for (var i = 0; i < count; i++)
            {
                var candidates = Candidates(metric, sketches, queries[i].Sketch, limit);
                if (candidates != 0 && !Report(records, search, block, candidates, ref queries[i], matches)) return false;
            }
        }
        return true;
    }

    private static bool PassVectors(OpaqueRecords records, OpaqueSearch search, Query* queries, int count, List<OpaqueMatch> matches)
    {
        if (count == 0) return true;
        var (metric, limit, blocks) = (search.Metric, (uint)search.Threshold, records.Blocks);
        for (var block = 0; block < blocks; block++)
        {
            var vectors = records.Vectors(block);
            for (var i = 0; i < count; i++)
            {
                var within = metric == OpaqueMetric.L1
                    ? TKernel.WithinL1(vectors, queries[i].Vector, OpaqueRecords.VectorWords, limit)
                    : TKernel.WithinSquaredL2(vectors, queries[i].Vector, OpaqueRecords.VectorWords, limit);
                if (within != 0 && !Report(records, search, block, within, ref queries[i], matches)) return false;
            }
        }
        return true;
    }

    /// <summary>Adds those of the candidates that are within the threshold. False if there are more than are wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Report(OpaqueRecords records, in OpaqueSearch search, int block, uint candidates, ref Query query, List<OpaqueMatch> matches)
    {
        Span<byte> vector = stackalloc byte[OpaqueVector144.ByteLength];
        var wanted = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref query.Vector[0], OpaqueRecords.VectorWords));
        for (candidates &= records.Present(block); candidates != 0; candidates &= candidates - 1)
        {
            var record = block * OpaqueRecords.PerBlock + BitOperations.TrailingZeroCount(candidates);
            records.Read(record, vector);
            var distance = OpaqueDistance.Of(search.Metric, vector, wanted);
            if (distance > search.Threshold) continue;
            if (matches.Count == search.Most) return false;
            matches.Add(new(query.Index, record, distance));
        }
        return true;
    }
}
