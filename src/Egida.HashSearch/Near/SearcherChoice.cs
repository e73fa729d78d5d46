using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Which kernel and which way of asking for memory a search uses.</summary>
internal static class SearcherChoice
{
    public static Searcher For(IReadOnlyList<NearPart> parts) => For(KernelRegistry.Preferred);

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
}
