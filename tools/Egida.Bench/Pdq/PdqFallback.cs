using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Tests;

namespace Egida.Bench.Pdq;

/// <summary>For each kind of picture, how many of a hundred have to be hashed again with all roundings.</summary>
internal static class PdqFallback
{
    private const int Pictures = 60;

    public static void Measure(Report report)
    {
        Report.Step("which pictures are hashed again");
        var workspace = new Workspace(KernelRegistry.Preferred);
        foreach (var kind in Enum.GetValues<PdqPictures.Kind>())
        {
            foreach (var channels in (int[])[1, 3])
            {
                var pictures = Enumerable.Range(0, Pictures).Select(i => PdqPictures.Draw(kind, PdqPictureSet.Side, PdqPictureSet.Side, channels, 1000 + i)).ToArray();
                var name = $"again_percent_{(channels == 1 ? "grey" : "rgb")}_{kind.ToString().ToLowerInvariant()}";
                report.Add(name, Percent(pictures, 1));
                report.Add(name + "_dihedral", Percent(pictures, 8));

                double Percent(byte[][] some, int hashes) =>
                    100.0 * some.Count(picture => PdqPictureSet.Way(workspace, picture, PixelLayout.OfChannels(channels), hashes) == PdqWay.Ordered) / some.Length;
            }
        }
    }
}
