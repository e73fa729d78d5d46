using Egida.HashSearch.Robust;

namespace Egida.HashSearch;

/// <summary>
/// Looks a picture up as it is and, if that finds nothing, under guesses at what was done to it: borders, small tilts, crops.
/// For known hashes as they are; only the query costs more. An optional mode: what it finds, misses and costs is measured in
/// docs/hash-search/robustness.md.
/// </summary>
/// <remarks>
/// <para>
/// PDQ withstands re-encoding, scaling and tone, but a crop or border of 2 % of each side or a tilt of 2° takes a picture over
/// the threshold. A border is found in the pixels and cut off. Tilts are undone on a grid of angles so dense that PDQ's own
/// tolerance bridges it. What a crop took away is made up by mirroring what is left: good for some per cent of the picture, of
/// no use beyond ten.
/// </para>
/// <para>
/// The guesses are tried in the order of what they find for what they cost, and the first that finds a record ends the search.
/// More look-ups are more chances for a false match: a made-up picture's threshold can be set on its own.
/// </para>
/// </remarks>
public sealed record RobustQuery
{
    /// <summary>The defaults, measured in docs/hash-search/robustness.md.</summary>
    public static RobustQuery Default { get; } = new();

    /// <summary>How far a record may be from a hash of the picture itself, with or without its border: 0 to 256 bits.</summary>
    public int Distance { get; init; } = 31;

    /// <summary>How far a record may be from a hash of a picture that is partly made up: tilts and crops.</summary>
    public int DistanceOfMadeUp { get; init; } = 43;

    /// <summary>How many guesses are looked up at most, the picture as it is included.</summary>
    public int MostGuesses { get; init; } = 64;

    /// <summary>Whether the negative is looked up too.</summary>
    public bool Inverted { get; init; } = true;

    /// <summary>A picture of less quality is not looked up: flat pictures all look alike.</summary>
    public int SmallestQuality { get; init; } = 50;

    /// <summary>Looks a picture up.</summary>
    /// <param name="pixels">The rows, top to bottom.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next.</param>
    /// <param name="channels">1 (grey), 3 (red, green, blue) or 4 (and alpha, dropped).</param>
    /// <param name="nearest">Gives the nearest record within so many bits of a hash, or null.</param>
    /// <returns>What the first successful guess found; null if none did.</returns>
    /// <exception cref="ArgumentException">The pixels don't hold that many rows of that width and stride.</exception>
    public RobustMatch? First(ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels, Func<Hash256, int, NearMatch?> nearest)
    {
        ArgumentNullException.ThrowIfNull(nearest);
        var picture = new PixelView(pixels, width, height, stride, channels);
        var trials = new Trials(this, nearest);
        var whole = picture.Hash();
        if (whole.Quality >= SmallestQuality) trials.Try(new(GuessKind.AsItIs), withoutBorder: false, whole, Distance);
        if (trials.Ended) return trials.Found;

        var borders = Border.Of(picture);
        foreach (var border in borders) TryWithout(border, picture, trials);
        if (borders.Count > 0) TryMadeUp(borders[0], picture, trials);
        if (whole.Quality >= SmallestQuality) TryMadeUp(default, picture, trials);
        return trials.Found;
    }

    private void TryWithout(Margins border, PixelView picture, Trials trials)
    {
        if (trials.Ended) return;
        var hashes = picture.Cut(border).Hash();
        if (hashes.Quality < SmallestQuality) return;
        var (width, height) = ((double)picture.Width, (double)picture.Height);
        var guess = new Guess(GuessKind.Bordered, border.Left / width, border.Top / height, border.Right / width, border.Bottom / height);
        trials.Try(guess, withoutBorder: true, hashes, Distance);
    }

    private void TryMadeUp(Margins border, PixelView picture, Trials trials)
    {
        if (trials.Ended) return;
        var part = picture.Cut(border);
        // What is made up has no say in the quality.
        if (border != default && part.Hash().Quality < SmallestQuality) return;
        var soft = new SoftPicture(part);
        foreach (var guess in MadeUp.Guesses)
        {
            if (trials.Ended) return;
            trials.Try(guess, border != default, soft.Hash(MadeUp.Map(guess, (double)part.Width / part.Height)), DistanceOfMadeUp);
        }
    }
}
