using Egida.HashSearch;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Tests;

namespace Egida.Bench.Pdq;

/// <summary>A picture of twelve megapixels, from memory.</summary>
internal static unsafe class PdqLarge
{
    private const int Width = 4000, Height = 3000;

    public static void Measure(Report report)
    {
        Report.Step("drawing and hashing 12 megapixels");
        var picture = PdqPictures.Draw(PdqPictures.Kind.Photo, Width, Height, 3, 1);
        report.Add("rgb_12mp_ms", 1e3 * Bench.Measure.Seconds(15, () => PdqHasher.HashRgb(picture, Width, Height, Width * 3)));

        var workspace = new Workspace(KernelRegistry.Preferred);
        var hash = new Hash256[1];
        var layout = PixelLayout.Of(PdqPixels.Rgb);
        PdqWay way;
        fixed (byte* pixels = picture) way = workspace.Hash(pixels, Width, Height, Width * 3, layout, hash, out _);
        report.Add("rgb_12mp_way", way.ToString().ToLowerInvariant());
        report.Add("rgb_12mp_hashed_again_ms", 1e3 * Bench.Measure.Seconds(5, () =>
        {
            fixed (byte* pixels = picture) workspace.Hash(pixels, Width, Height, Width * 3, layout, hash, out _, allowTents: false);
        }));
        report.Add("rgb_12mp_stream_bound_ms", 1e3 * PdqPeers.StreamSeconds([picture]));
    }
}
