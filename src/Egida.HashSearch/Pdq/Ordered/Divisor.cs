using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>Division by a whole number that stays the same for many sums. Two kinds, so that a loop is compiled for each.</summary>
internal interface IDivisor<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    TLanes Divide(TLanes sum);
}

/// <summary>By a power of two: the reciprocal is exact, and so is the product with it.</summary>
internal readonly struct PowerOfTwo<TLanes>(int divisor) : IDivisor<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    private readonly TLanes _reciprocal = TLanes.Broadcast(1f / divisor);

    public static bool Is(int divisor) => BitOperations.IsPow2(divisor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Divide(TLanes sum) => sum * _reciprocal;
}

/// <summary>By any: see <see cref="Quotient"/>.</summary>
internal readonly struct WholeNumber<TLanes>(int divisor) : IDivisor<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    private readonly TLanes _reciprocal = TLanes.Broadcast(1f / divisor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Divide(TLanes sum) => Quotient.Of(sum, divisor, _reciprocal);
}
