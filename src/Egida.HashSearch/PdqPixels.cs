namespace Egida.HashSearch;

/// <summary>How the bytes of a pixel lie in memory, 8 bits each, as decoders give them.</summary>
public enum PdqPixels
{
    /// <summary>One byte: brightness, taken as it is.</summary>
    Grey,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Red, green, blue and alpha, which is dropped as the reference's decoder does.</summary>
    Rgba,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Blue, green, red and alpha, which is dropped.</summary>
    Bgra,

    /// <summary>Alpha, which is dropped, red, green, blue.</summary>
    Argb,
}
