using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Division by a whole number b under 1024, rounded as the reference's is, without the slow instruction. The product q with the
/// rounded reciprocal is at most two units in the last place off; the remainder a − qb is a small multiple of such a unit, so one
/// fused step has it exactly, and the correction leaves an error under 2⁻²² units before the last rounding. That cannot round
/// the other way: a / b is either further than 1/2048 unit from the middle between two floats or in it, and the latter would
/// need more than the 24 bits that a has.
/// </summary>
internal static class Quotient
{
    /// <param name="reciprocal"><c>1f / divisor</c> in every lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes dividend, float divisor, TLanes reciprocal) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (!TLanes.Fuses) return dividend / TLanes.Broadcast(divisor);
        var near = dividend * reciprocal;
        var remainder = TLanes.MultiplyAdd(near, TLanes.Broadcast(-divisor), dividend);
        return TLanes.MultiplyAdd(remainder, reciprocal, near);
    }
}
