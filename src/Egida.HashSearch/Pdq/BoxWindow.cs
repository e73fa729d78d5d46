namespace Egida.HashSearch.Pdq;

/// <summary>
/// A sliding window over <c>n</c> samples. Sample <c>o</c> of the output is the mean of those samples of the window that
/// exist; at both ends the window is shorter. For an even size the extra sample is on the right.
/// </summary>
internal readonly struct BoxWindow
{
    private BoxWindow(int size) => Size = size;

    public int Size { get; }

    /// <summary>How many samples come in before the first one goes out.</summary>
    public int Lead => (Size + 2) / 2 - 1;

    /// <summary>1/128 of the side, rounded up, so that two rounds of blurring suit the 64 samples taken afterwards.</summary>
    public static BoxWindow ForSide(int pixels) => new((pixels + 127) / 128);

    /// <summary>How many of <paramref name="samples"/> the window holds whose last place is <paramref name="place"/>.</summary>
    public int HeldAt(int place, int samples) => Math.Min(place + 1, samples) - Math.Max(0, place + 1 - Size);
}
