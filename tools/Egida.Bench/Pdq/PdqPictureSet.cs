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
    /// <summary>So many grey pictures are hashed one after the other, and a third as many in colour.</summary>
    public const int Together = 48;

    private const int Counted = 480;
    private const double Shortest = 0.35;
    private const int FewestRuns = 15, MostRuns = 1_001;
    public static readonly PdqPictures.Kind[] Natural = [PdqPictures.Kind.Landscape, PdqPictures.Kind.Texture, PdqPictures.Kind.Photo];

    public static byte[][] Draw(int channels, int count) =>
        [.. Enumerable.Range(0, count).Select(i => DrawOne(channels, i))];

    private static byte[] DrawOne(int channels, int number) => PdqPictures.Draw(Natural[number % Natural.Length], Side, Side, channels, 100 + number);

    public static void Measure(Report report, string name, int channels)
    {
        Report.Step($"hashing pictures of {channels} channels");
        var layout = PixelLayout.OfChannels(channels);
        var all = Draw(channels, 240 / channels);
        var workspace = new Workspace(KernelRegistry.Preferred);

        var many = Together / channels;
        var sure = all.Where(picture => Way(workspace, picture, layout, 1) == PdqWay.Tents).Take(many).ToArray();

        // How many are hashed again is counted over more pictures than are kept: a few in a hundred can't be told from eighty.
        var (again, unsure) = (0, new List<byte[]>());
        for (var i = 0; i < Counted; i++)
        {
            var picture = i < all.Length ? all[i] : DrawOne(channels, i);
            if (Way(workspace, picture, layout, 1) != PdqWay.Ordered) continue;
            again++;
            if (unsure.Count < many) unsure.Add(picture);
        }

        // The mean over all kinds, weighted by how often each happens among all pictures drawn.
        var (share, quick, slow) = (again / (double)Counted, Each(sure, Hash), Each([.. unsure], Hash));
        report.Add($"{name}_per_second", 1 / (quick * (1 - share) + slow * share));
        report.Add($"{name}_sure_per_second", 1 / quick);
        report.Add($"{name}_hashed_again_per_second", unsure.Count == 0 ? 0 : 1 / slow);
        report.Add($"{name}_hashed_again_percent", 100 * share);
        report.Add($"{name}_from_memory_per_second", 1 / Each(all, Hash));

        var hashes = new Hash256[PdqDihedralResult.Count];
        var surer = all.Where(picture => Way(workspace, picture, layout, 8) == PdqWay.Tents).Take(many).ToArray();
        var one = Each(surer, Hash);
        var eight = Each(surer, picture => PdqHasher.HashDihedral(picture, Side, Side, Side * channels, layout, hashes));
        report.Add($"{name}_dihedral_extra_us", (eight - one) * 1e6);

        void Hash(byte[] picture) => PdqHasher.Hash(picture, Side, Side, Side * channels, layout);
    }

    public static PdqWay Way(Workspace workspace, byte[] picture, PdqPixels layout, int hashes)
    {
        var places = PixelLayout.Of(layout);
        fixed (byte* pixels = picture) return workspace.Hash(pixels, Side, Side, Side * places.Bytes, places, new Hash256[hashes], out _);
    }

    /// <summary>
    /// Median seconds of one picture, over at least a third of a second: over a few milliseconds, one interruption by other work on the
    /// machine would be the whole measurement.
    /// </summary>
    public static double Each(byte[][] pictures, Action<byte[]> hash)
    {
        if (pictures.Length == 0) return 0;
        void All()
        {
            foreach (var picture in pictures) hash(picture);
        }
        All();
        return Bench.Measure.Seconds(Math.Clamp((int)(Shortest / Bench.Measure.Once(All)), FewestRuns, MostRuns), All) / pictures.Length;
    }
}
