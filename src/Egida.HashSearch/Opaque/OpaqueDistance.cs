namespace Egida.HashSearch.Opaque;

/// <summary>The distances in plain code: the oracle of every kernel.</summary>
internal static class OpaqueDistance
{
    public static int L1(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var sum = 0;
        for (var i = 0; i < left.Length; i++) sum += Math.Abs(left[i] - right[i]);
        return sum;
    }

    public static int SquaredL2(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var sum = 0;
        for (var i = 0; i < left.Length; i++) sum += (left[i] - right[i]) * (left[i] - right[i]);
        return sum;
    }

    public static int Of(OpaqueMetric metric, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        metric == OpaqueMetric.L1 ? L1(left, right) : SquaredL2(left, right);

    /// <summary>Between a vector of zeros and one of 255s.</summary>
    public static int Largest(OpaqueMetric metric) => OpaqueVector144.ByteLength * (metric == OpaqueMetric.L1 ? 255 : 255 * 255);
}
