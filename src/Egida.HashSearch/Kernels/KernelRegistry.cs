using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Kernels;

/// <summary>Which kernels this machine has, and which one is used.</summary>
internal static class KernelRegistry
{
    /// <summary>Forces one kernel for the whole process: scalar, vector128, avx2 or avx512.</summary>
    public const string Variable = "EGIDA_HASHSEARCH_KERNEL";

    private static readonly Lazy<Kernel> s_preferred = new(() => Choose(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>All kernels that run here, slowest first.</summary>
    public static IReadOnlyList<Kernel> Available { get; } = [.. Enum.GetValues<Kernel>().Where(Runs)];

    /// <summary>True if <see cref="Variable"/> names the kernel: then nothing is measured.</summary>
    public static bool IsForced => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The forced kernel, else the widest. A part of the engine may find by measurement that another one is faster for it.</summary>
    /// <exception cref="InvalidOperationException">The variable names no kernel, or one that doesn't run here.</exception>
    public static Kernel Preferred => s_preferred.Value;

    internal static Kernel Choose(string? forced)
    {
        if (string.IsNullOrEmpty(forced)) return Available[^1];
        if (!Enum.TryParse<Kernel>(forced, ignoreCase: true, out var kernel) || !Enum.IsDefined(kernel) || char.IsAsciiDigit(forced[0]))
            throw new InvalidOperationException($"{Variable} is '{forced}'. It takes one of: {Names(Enum.GetValues<Kernel>())}.");
        if (!Runs(kernel))
            throw new InvalidOperationException($"{Variable} asks for '{forced}', which this processor doesn't have. Here run: {Names(Available)}.");
        return kernel;
    }

    private static bool Runs(Kernel kernel) => kernel switch
    {
        Kernel.Scalar => true,
        Kernel.Vector128 => Vector128.IsHardwareAccelerated,
        Kernel.Avx2 => Avx2.IsSupported,
        Kernel.Avx512 => Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512Vbmi.VL.IsSupported,
        _ => false,
    };

    private static string Names(IEnumerable<Kernel> kernels) => string.Join(", ", kernels.Select(kernel => kernel.ToString().ToLowerInvariant()));
}
