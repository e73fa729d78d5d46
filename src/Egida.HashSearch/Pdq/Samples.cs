namespace Egida.HashSearch.Pdq;

/// <summary>Step 3: of the blurred picture 64 × 64 samples are kept.</summary>
internal static class Samples
{
    public const int Side = 64;

    /// <summary>In memory a row of samples has room for one more vector, so that loads beside the last sample stay inside.</summary>
    public const int Stride = Side + 16;

    /// <summary>Where sample 0 to 63 lies among <paramref name="pixels"/> rows or columns. With fewer than 64 some lie on the same one.</summary>
    public static int Position(int sample, int pixels) => (int)((sample + 0.5) * pixels / Side);
}
