using System.Globalization;

namespace Egida.HashSearch;

/// <summary>What may have been done to a known picture to make it the query.</summary>
public enum GuessKind
{
    /// <summary>Nothing, but perhaps turned by a quarter, mirrored or inverted.</summary>
    AsItIs = 0,

    /// <summary>A border was laid around it.</summary>
    Bordered = 1,

    /// <summary>It was turned by a small angle in its frame.</summary>
    Tilted = 2,

    /// <summary>Some of its sides were cut off.</summary>
    Cropped = 3,
}

/// <summary>A guess at what was done to a known picture. It is found by the hash that the query has if this is undone.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Left">Of a border or crop, the share at the left side: of the query's width for a border, of the known picture's for a crop.</param>
/// <param name="Top">The same above, of the height.</param>
/// <param name="Right">The same at the right side.</param>
/// <param name="Bottom">The same below.</param>
/// <param name="Degrees">Of a tilt: clockwise if positive.</param>
public readonly record struct Guess(GuessKind Kind, double Left = 0, double Top = 0, double Right = 0, double Bottom = 0, double Degrees = 0)
{
    /// <summary>In words, such as "cropped by 4 % left, 0 % top, 4 % right, 0 % bottom".</summary>
    public override string ToString() => Kind switch
    {
        GuessKind.AsItIs => "as it is",
        GuessKind.Tilted => string.Create(CultureInfo.InvariantCulture, $"tilted by {Degrees:0.#}°"),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"{(Kind == GuessKind.Bordered ? "bordered" : "cropped")} by {Left * 100:0.#} % left, {Top * 100:0.#} % top, {Right * 100:0.#} % right, {Bottom * 100:0.#} % bottom"),
    };
}
