using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Exact;

/// <summary>Asks for a cache line before it is needed. A wrong address costs time but does no harm.</summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch1(address);
    }
}
