using System.Diagnostics;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>
/// Which kernel searches, and how it asks for memory: what is fastest depends on the processor more than on the width of its vectors, so it is tried, once in
/// a process, on the first index that doesn't fit into the caches.
/// </summary>
internal static class SearcherChoice
{
    // Below that all kernels are fast, and nothing could be told of memory.
    private const long LeastBytes = 256L << 20;

    private const int Queries = 64;
    private const int Rounds = 3;
    private const int Radius = 31;

    private static readonly Lock s_measuring = new();
    private static Searcher? s_measured;

    /// <param name="areInMemory">Nothing has to be read from a disk: then it can be tried.</param>
    public static Searcher For(IReadOnlyList<NearPart> parts, bool areInMemory)
    {
        if (KernelRegistry.IsForced) return For(KernelRegistry.Preferred);
        if (s_measured is { } known) return known;
        var largest = parts.MaxBy(part => part.Shape.LineBytes);
        if (largest is null || !areInMemory || largest.Shape.LineBytes < LeastBytes) return For(KernelRegistry.Preferred);
        lock (s_measuring) return s_measured ??= Measure(largest);
    }

    public static Searcher For(Kernel kernel, bool intoSecondCache = true) => intoSecondCache ? Of<IntoSecondCache>(kernel) : Of<IntoFirstCache>(kernel);

    private static Searcher Of<TPrefetch>(Kernel kernel)
        where TPrefetch : struct, IPrefetch =>
        kernel switch
        {
            Kernel.Scalar => new Searcher<ScalarLine, TPrefetch>(),
            Kernel.Vector128 => new Searcher<Vector128Line, TPrefetch>(),
            Kernel.Avx2 => new Searcher<Avx2Line, TPrefetch>(),
            Kernel.Avx512 => new Searcher<Avx512Line, TPrefetch>(),
            _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, message: null),
        };

    private static Searcher Measure(NearPart part)
    {
        var kernels = KernelRegistry.Available.Where(kernel => kernel != Kernel.Scalar).DefaultIfEmpty(Kernel.Scalar);
        return kernels.SelectMany(kernel => new[] { For(kernel, intoSecondCache: true), For(kernel, intoSecondCache: false) })
            .MinBy(searcher => Enumerable.Range(0, Rounds).Min(round => Time(searcher, part, round)))!;
    }

    private static unsafe long Time(Searcher searcher, NearPart part, int round)
    {
        var nothing = new Ignored();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Queries; i++)
        {
            // Far from all others, and in other lines every time.
            var code = ~part.Codes[(long)(round * Queries + i) * part.Shape.Codes / (Queries * Rounds)];
            searcher.Search(part, new(in code), Radius, nothing);
        }
        return Stopwatch.GetTimestamp() - start;
    }

    private sealed class Ignored : MatchCollector
    {
        public override void Add(NearPart part, int code, int distance, int query)
        {
        }
    }
}
