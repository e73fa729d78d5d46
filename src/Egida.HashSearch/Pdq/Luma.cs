namespace Egida.HashSearch.Pdq;

/// <summary>Step 1: how much each colour counts for brightness; the 32-bit floats of the reference.</summary>
internal static class Luma
{
    public const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;
}
