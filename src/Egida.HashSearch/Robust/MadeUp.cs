namespace Egida.HashSearch.Robust;

/// <summary>
/// The guesses for which part of the picture has to be made up, in the order in which they are tried. The steps are as wide as
/// PDQ's own tolerance lets them be: a tilt half a step off, 0.75°, is 18 bits away; a crop one per cent of a side off, 20.
/// </summary>
internal static class MadeUp
{
    public static Guess[] Guesses { get; } =
    [
        .. Tilts(1.5), .. Crops(0.02), .. Tilts(3), .. Crops(0.035), .. OneSide(0.05), .. Tilts(4.5), .. Crops(0.05), .. OneSide(0.08),
        .. OneSide(0.025), .. BothSides(0.04), .. BothSides(0.07), .. OneSide(0.11), .. Corners(0.05), .. BothSides(0.1), .. Crops(0.065),
    ];

    /// <summary>Where the places of the supposed picture are in the query.</summary>
    /// <param name="guess">A tilt or a crop.</param>
    /// <param name="ratio">The query's width by its height.</param>
    public static PlaceMap Map(Guess guess, double ratio) =>
        guess.Kind == GuessKind.Tilted ? PlaceMap.Turned(guess.Degrees, ratio) : PlaceMap.Cropped(guess.Left, guess.Top, guess.Right, guess.Bottom);

    private static Guess[] Tilts(double degrees) => [Tilt(degrees), Tilt(-degrees)];

    private static Guess[] Crops(double share) => [Crop(share, share, share, share)];

    private static Guess[] OneSide(double share) => [Crop(bottom: share), Crop(top: share), Crop(left: share), Crop(right: share)];

    private static Guess[] BothSides(double share) => [Crop(top: share, bottom: share), Crop(left: share, right: share)];

    private static Guess[] Corners(double share) =>
        [Crop(left: share, top: share), Crop(top: share, right: share), Crop(right: share, bottom: share), Crop(left: share, bottom: share)];

    private static Guess Tilt(double degrees) => new(GuessKind.Tilted, Degrees: degrees);

    private static Guess Crop(double left = 0, double top = 0, double right = 0, double bottom = 0) => new(GuessKind.Cropped, left, top, right, bottom);
}
