namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>An integer under 2²³ becomes a float by standing in the mantissa of 2²³.</summary>
internal static class Raising
{
    public const float By = 8_388_608;

    /// <summary><see cref="By"/> as it is in memory.</summary>
    public const int Bits = 0x4B00_0000;
}
