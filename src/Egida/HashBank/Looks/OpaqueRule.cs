using Egida.HashSearch;

namespace Egida.HashBank.Looks;

/// <summary>How near two PhotoDNA values are the same picture. Only who licenses the algorithm knows; without a setting only equal values are.</summary>
internal sealed record OpaqueRule(OpaqueMetric Metric, int Threshold)
{
    public static OpaqueRule Equal { get; } = new(OpaqueMetric.L1, 0);

    /// <summary><c>HashBank:PhotoDna:Metric</c> (<c>L1</c> or <c>SquaredL2</c>) and <c>:Threshold</c>, as the licence says.</summary>
    public static OpaqueRule From(IConfiguration configuration) => new(
        configuration.GetValue("HashBank:PhotoDna:Metric", OpaqueMetric.L1), Math.Clamp(configuration.GetValue("HashBank:PhotoDna:Threshold", 0), 0, 9_363_600));

    public int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (a, b) = (OpaqueVector144.FromBytes(left), OpaqueVector144.FromBytes(right));
        return Metric == OpaqueMetric.L1 ? a.L1(b) : a.SquaredL2(b);
    }
}
