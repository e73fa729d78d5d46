using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Kernels;

/// <summary>How memory that will be read soon is asked for. Which is the fastest differs between processors by a factor of two.</summary>
internal interface IPrefetch
{
    static abstract string Name { get; }

    static abstract unsafe void Ask(void* address);
}

/// <summary>Not at all: it was asked for before.</summary>
internal readonly struct Nothing : IPrefetch
{
    public static string Name => "no prefetch";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask(void* address)
    {
    }
}

/// <summary>Into all caches.</summary>
internal readonly struct IntoFirstCache : IPrefetch
{
    public static string Name => "prefetch into L1";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }
}

/// <summary>Into the second cache and beyond: doesn't wait for one of the few places where the first cache keeps what it misses.</summary>
internal readonly struct IntoSecondCache : IPrefetch
{
    public static string Name => "prefetch into L2";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Ask(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch1(address);
    }
}
