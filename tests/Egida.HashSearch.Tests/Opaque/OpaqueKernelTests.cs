using Egida.HashSearch.Kernels;
using Egida.HashSearch.Opaque;

namespace Egida.HashSearch.Tests.Opaque;

/// <summary>Every kernel against sums in plain code, at limits around the true sums.</summary>
public sealed unsafe class OpaqueKernelTests
{
    public static TheoryData<string> Kernels => [.. KernelRegistry.Available.Select(kernel => kernel.ToString())];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_finds_exactly_the_records_within_the_limit(string kernel)
    {
        var vectors = SomeVectors.Noise(6, 1).Concat([SomeVectors.All(0), SomeVectors.All(255)]).ToArray();
        using var records = new OpaqueRecords(vectors);
        var queries = vectors.Concat(SomeVectors.Waves(4, 2)).Append(SomeVectors.All(254)).Append(SomeVectors.All(1));
        foreach (var query in queries) Compare(Enum.Parse<Kernel>(kernel), records, vectors, query);
    }

    private static void Compare(Kernel kernel, OpaqueRecords records, OpaqueVector144[] vectors, OpaqueVector144 query)
    {
        var sketch = Sketch(query);
        var (l1, squares) = (vectors.Select(vector => vector.L1(query)).ToArray(), vectors.Select(vector => vector.SquaredL2(query)).ToArray());
        var differences = vectors.Select(vector => Sketch(vector).Zip(sketch, (left, right) => Math.Abs(left - right)).ToArray()).ToArray();
        var (sketchL1, bound) = (differences.Select(all => all.Sum()).ToArray(), differences.Select(all => all.Sum(d => 4 * d * d - 6 * d)).ToArray());

        fixed (byte* vectorBytes = query.Bytes)
        fixed (byte* sketchBytes = sketch)
        {
            foreach (var limit in Limits(l1)) Assert.Equal(Within(l1, limit), Of(kernel).L1(records.Vectors(0), (ulong*)vectorBytes, 18, limit));
            foreach (var limit in Limits(squares)) Assert.Equal(Within(squares, limit), Of(kernel).Squared(records.Vectors(0), (ulong*)vectorBytes, 18, limit));
            foreach (var limit in Limits(sketchL1)) Assert.Equal(Within(sketchL1, limit), Of(kernel).L1(records.Sketches(0), (ulong*)sketchBytes, 4, limit));
            foreach (var limit in Limits(bound)) Assert.Equal(Within(bound, limit), Of(kernel).Maybe(records.Sketches(0), (ulong*)sketchBytes, 4, limit));
        }
    }

    private static IEnumerable<uint> Limits(int[] sums) => sums.SelectMany(sum => (int[])[sum - 1, sum, sum + 1]).Append(0).Where(limit => limit >= 0).Select(limit => (uint)limit);

    private static uint Within(int[] sums, uint limit) => sums.Select((sum, i) => sum <= limit ? 1u << i : 0).Aggregate((left, right) => left | right);

    private static byte[] Sketch(OpaqueVector144 vector)
    {
        var sketch = new byte[CellSums.Cells];
        CellSums.Sketch(vector.Bytes, sketch);
        return sketch;
    }

    private sealed record Functions(Function L1, Function Squared, Function Maybe);

    private delegate uint Function(ulong* block, ulong* query, int words, uint limit);

    private static Functions Of(Kernel kernel) => kernel switch
    {
        Kernel.Avx512 => Of<Avx512OpaqueKernel>(),
        Kernel.Avx2 => Of<Avx2OpaqueKernel>(),
        Kernel.Vector128 => Of<Vector128OpaqueKernel>(),
        _ => Of<ScalarOpaqueKernel>(),
    };

    private static Functions Of<TKernel>() where TKernel : struct, IOpaqueKernel =>
        new(TKernel.WithinL1, TKernel.WithinSquaredL2, TKernel.MaybeWithinSquaredL2);
}
