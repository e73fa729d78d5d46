using Egida.Bench.Pictures;

namespace Egida.Bench.Robust;

/// <summary>Something that happens to pictures on their way through the net.</summary>
internal sealed record Transformation(string Name, Func<Picture, int, Picture> Apply)
{
    private static readonly Colour s_black = new(0, 0, 0), s_white = new(1, 1, 1);

    public static IReadOnlyList<Transformation> All { get; } =
    [
        .. new[] { 80, 50, 20, 10 }.Select(quality => Of($"jpeg q{quality}", picture => picture.ReEncoded(quality))),
        .. new[] { 75, 50, 25, 200 }.Select(percent => Of($"resize {percent}%", picture => picture.Resized(picture.Width * percent / 100, picture.Height * percent / 100))),
        Of("squash to square", picture => picture.Resized(picture.Height, picture.Height)),
        Of("greyscale", picture => picture.Saturated(0)),
        Of("saturation x2", picture => picture.Saturated(2)),
        Of("brightness +30%", picture => picture.Toned(value => value * 1.3f)),
        Of("brightness -30%", picture => picture.Toned(value => value * 0.7f)),
        Of("contrast +50%", picture => picture.Toned(value => 0.5f + 1.5f * (value - 0.5f))),
        Of("gamma 0.6", picture => picture.Toned(value => MathF.Pow(value, 0.6f))),
        Of("gamma 1.6", picture => picture.Toned(value => MathF.Pow(value, 1.6f))),
        Of("blur r2", picture => picture.Blurred(2)),
        Of("blur r5", picture => picture.Blurred(5)),
        Of("sharpen", picture => picture.Sharpened()),
        new("noise sd10", (picture, seed) => picture.WithNoise(10, seed)),
        new("noise sd30", (picture, seed) => picture.WithNoise(30, seed)),
        new("text 40% width", (picture, seed) => picture.WithText(0.4, seed)),
        new("text 90% width", (picture, seed) => picture.WithText(0.9, seed)),
        Of("corner logo 10%", picture => picture.WithLogo(0.1)),
        Of("corner logo 25%", picture => picture.WithLogo(0.25)),
        .. new[] { 1, 2, 5, 10 }.Select(percent => Of($"crop {percent}% each side", picture => picture.Cut(percent / 100.0, percent / 100.0, percent / 100.0, percent / 100.0))),
        Of("crop 5% left only", picture => picture.Cut(0.05, 0, 0, 0)),
        Of("crop 10% left only", picture => picture.Cut(0.1, 0, 0, 0)),
        Of("crop 10% bottom only", picture => picture.Cut(0, 0, 0, 0.1)),
        Of("crop 10% left and right", picture => picture.Cut(0.1, 0, 0.1, 0)),
        Of("crop 3-7% uneven", picture => picture.Cut(0.03, 0.07, 0.06, 0.04)),
        Of("border 2% black", picture => picture.Framed(0.02, 0.02, 0.02, 0.02, s_black)),
        Of("border 5% black", picture => picture.Framed(0.05, 0.05, 0.05, 0.05, s_black)),
        Of("border 10% white", picture => picture.Framed(0.1, 0.1, 0.1, 0.1, s_white)),
        Of("letterbox 15% black, jpeg q50", picture => picture.Framed(0, 0.15, 0, 0.15, s_black).ReEncoded(50)),
        .. new[] { 1, 2, 5 }.Select(degrees => new Transformation($"rotate {degrees} deg", (picture, seed) => picture.Turned(seed % 2 == 0 ? degrees : -degrees))),
        Of("rotate 90 deg", picture => picture.QuarterTurned()),
        Of("mirror", picture => picture.Mirrored()),
        Of("invert", picture => picture.Toned(value => 1 - value)),
        Of("mirror, border 5% white, jpeg q50", picture => picture.Mirrored().Framed(0.05, 0.05, 0.05, 0.05, s_white).ReEncoded(50)),
        Of("crop 5% each side, resize 50%, jpeg q50", picture => picture.Cut(0.05, 0.05, 0.05, 0.05).Resized(picture.Width / 2, picture.Height / 2).ReEncoded(50)),
    ];

    private static Transformation Of(string name, Func<Picture, Picture> apply) => new(name, (picture, _) => apply(picture));
}
