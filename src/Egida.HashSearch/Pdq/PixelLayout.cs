namespace Egida.HashSearch.Pdq;

/// <summary>Where the colours of a pixel are among its bytes.</summary>
/// <param name="Bytes">Bytes of a pixel.</param>
/// <param name="Red">Place of red; for grey the only one.</param>
internal readonly record struct PixelLayout(int Bytes, int Red, int Green, int Blue)
{
    public static readonly PixelLayout Grey = new(1, 0, 0, 0);

    public bool IsGrey => Bytes == 1;

    /// <summary>How many planes of bytes count.</summary>
    public int Planes => IsGrey ? 1 : 3;

    public int PlaceOf(int plane) => plane switch { 0 => Red, 1 => Green, _ => Blue };

    public static PixelLayout Of(PdqPixels pixels) => pixels switch
    {
        PdqPixels.Grey => Grey,
        PdqPixels.Rgb => new(3, 0, 1, 2),
        PdqPixels.Rgba => new(4, 0, 1, 2),
        PdqPixels.Bgr => new(3, 2, 1, 0),
        PdqPixels.Bgra => new(4, 2, 1, 0),
        PdqPixels.Argb => new(4, 1, 2, 3),
        _ => throw new ArgumentOutOfRangeException(nameof(pixels), pixels, $"one of {string.Join(", ", Enum.GetNames<PdqPixels>())}"),
    };

    public static PdqPixels OfChannels(int channels) => channels switch
    {
        1 => PdqPixels.Grey,
        3 => PdqPixels.Rgb,
        4 => PdqPixels.Rgba,
        _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, "1, 3 or 4 channels"),
    };
}
