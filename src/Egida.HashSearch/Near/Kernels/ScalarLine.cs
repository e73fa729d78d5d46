using System.Runtime.CompilerServices;
using System.Numerics;

namespace Egida.HashSearch.Near.Kernels;

/// <summary>The definition: one signature after the other.</summary>
internal readonly unsafe struct ScalarLine(uint signature, int limit) : ILineKernel<ScalarLine>
{
    public static string Name => "scalar";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLine For(uint signature, int limit) => new(signature, limit);

    public uint Within(byte* line)
    {
        var within = 0u;
        for (var slot = 0; slot < Line.Slots; slot++)
            if (BitOperations.PopCount(Line.Signature(line, slot) ^ signature) <= limit) within |= 1u << slot;
        return within;
    }
}
