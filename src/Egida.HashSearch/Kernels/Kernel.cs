namespace Egida.HashSearch.Kernels;

/// <summary>The instruction sets that the inner loops are written for. Every kernel gives the same results; they differ in speed.</summary>
internal enum Kernel
{
    /// <summary>Plain C#, to be read beside the published algorithm. The oracle of all others.</summary>
    Scalar,

    /// <summary>128-bit vectors of any processor that .NET accelerates: SSE on x64, NEON on ARM64.</summary>
    Vector128,

    /// <summary>256-bit vectors with AVX2.</summary>
    Avx2,

    /// <summary>512-bit vectors with AVX-512 F, BW, VL, DQ and VBMI.</summary>
    Avx512,
}
