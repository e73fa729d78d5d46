using Egida.HashSearch;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Tests;

namespace Egida.Bench.Pdq;

/// <summary>
/// Many different pictures of 512 × 512 with texture, landscapes and what looks like photographs, one after the other; those that
/// have to be hashed again with all roundings are among them. Together they fit into the last-level cache, as a picture does that
/// was just decoded; another set does not.
/// </summary>
internal static unsafe class PdqPictureSet
{
    public const int Side = 512;
    public static readonly PdqPictures.Kind[] Natural = [PdqPictures.Kind.Landscape, PdqPictures.Kind.Texture, PdqPictures.Kind.Photo];

    public static byte[][] Draw(int channels, int count) =>
        [.. Enumerable.Range(0, count).Select(i => PdqPictures.Draw(Natural[i % Natural.Length], Side, Side, channels, 100 + i))];

    public static void Measure(Report report, string name, int channels)
    {
        Report.Step($"hashing pictures of {channels} channels");
        var layout = PixelLayout.OfChannels(channels);
        var all = Draw(channels, 240 / channels);
        var workspace = new Workspace(KernelRegistry.Preferred);

        var near = all[..(48 / channels)];
        var sure = all.Where(picture => Way(workspace, picture, layout, 1) == PdqWay.Tents).Take(near.Length).ToArray();
        var unsure = all.Where(picture => Way(workspace, picture, layout, 1) == PdqWay.Ordered).Take(near.Length).ToArray();

        // The mean over all kinds, weighted by how often each happens among all pictures drawn.
        var (quick, again) = (Each(sure, picture => PdqHasher.Hash(picture, Side, Side, Side * channels, layout)), Each(unsure, picture => PdqHasher.Hash(picture, Side, Side, Side * channels, layout)));
        var share = all.Count(picture => Way(workspace, picture, layout, 1) == PdqWay.Ordered) / (double)all.Length;
        report.Add($"{name}_per_second", 1 / (quick * (1 - share) + again * share));
        report.Add($"{name}_sure_per_second", 1 / quick);
        report.Add($"{name}_hashed_again_per_second", unsure.Length == 0 ? 0 : 1 / again);
        report.Add($"{name}_hashed_again_percent", 100 * share);
        report.Add($"{name}_from_memory_per_second", 1 / Each(all, picture => PdqHasher.Hash(picture, Side, Side, Side * channels, layout)));

        var hashes = new Hash256[PdqDihedralResult.Count];
        var surer = all.Where(picture => Way(workspace, picture, layout, 8) == PdqWay.Tents).Take(near.Length).ToArray();
        var one = Each(surer, picture => PdqHasher.Hash(picture, Side, Side, Side * channels, layout));
        var eight = Each(surer, picture => PdqHasher.HashDihedral(picture, Side, Side, Side * channels, layout, hashes));
        report.Add($"{name}_dihedral_extra_us", (eight - one) * 1e6);
    }

    public static PdqWay Way(Workspace workspace, byte[] picture, PdqPixels layout, int hashes)
    {
        var places = PixelLayout.Of(layout);
        fixed (byte* pixels = picture) return workspace.Hash(pixels, Side, Side, Side * places.Bytes, places, new Hash256[hashes], out _);
    }

    /// <summary>Median seconds of one picture.</summary>
    public static double Each(byte[][] pictures, Action<byte[]> hash) => pictures.Length == 0 ? 0 : Bench.Measure.Seconds(15, () =>
    {
        foreach (var picture in pictures) hash(picture);
    }) / pictures.Length;
}
