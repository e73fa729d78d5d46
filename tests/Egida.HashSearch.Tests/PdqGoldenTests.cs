using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;

namespace Egida.HashSearch.Tests;

public class PdqGoldenTests
{
    public static TheoryData<string> Files => [.. Golden.All().Select(golden => golden.File)];

    [Fact]
    public void Forty_five_golden_pictures_are_here() => Assert.Equal(45, Golden.All().Count);

    [Theory]
    [MemberData(nameof(Files))]
    public void The_hash_and_quality_are_the_references(string file)
    {
        var golden = Golden.All().Single(golden => golden.File == file);
        var picture = golden.Picture();

        var result = picture.Channels == 1
            ? PdqHasher.HashGrey(picture.Pixels, picture.Width, picture.Height, picture.Stride)
            : PdqHasher.HashRgb(picture.Pixels, picture.Width, picture.Height, picture.Stride);

        Assert.Equal(new PdqResult(golden.Pdq, golden.Quality), result);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_eight_dihedral_hashes_are_the_references(string file)
    {
        var golden = Golden.All().Single(golden => golden.File == file);
        var picture = golden.Picture();

        var result = PdqHasher.HashDihedral(picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Channels);

        Assert.Equal(new PdqResult(golden.Pdq, golden.Quality), result.Original);
        if (golden.Dihedral.Count > 0) Assert.Equal(golden.Dihedral, result.Hashes);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Shrunk_to_512_pixels_it_is_what_the_references_command_line_prints(string file)
    {
        var golden = Golden.All().Single(golden => golden.File == file);
        var picture = golden.Picture();

        Assert.Equal(golden.Shrunk, PdqHasher.HashShrunk(picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Channels == 1 ? PdqPixels.Grey : PdqPixels.Rgb));
    }

    [Theory]
    [MemberData(nameof(PdqKernelTests.Kernels), MemberType = typeof(PdqKernelTests))]
    public unsafe void Every_kernel_gives_the_references_values_quickly_and_with_all_roundings(string kernel)
    {
        var workspace = new Workspace(Enum.Parse<Kernel>(kernel));
        foreach (var golden in Golden.All())
        {
            var picture = golden.Picture();
            foreach (var allowTents in (bool[])[true, false])
            {
                var hashes = new Hash256[8];
                int quality;
                fixed (byte* pixels = picture.Pixels)
                    workspace.Hash(pixels, picture.Width, picture.Height, picture.Stride, PixelLayout.Of(PixelLayout.OfChannels(picture.Channels)), hashes, out quality, allowTents);
                Assert.Equal((golden.File, golden.Pdq, golden.Quality), (golden.File, hashes[0], quality));
                if (golden.Dihedral.Count > 0) Assert.Equal(golden.Dihedral, hashes);
            }
        }
    }

    [Fact]
    public void Dihedral_values_are_known_for_pictures_up_to_512_pixels() =>
        Assert.Equal(
            Golden.All().Where(golden => golden.Picture() is { Width: <= 512, Height: <= 512 }).Select(golden => golden.File),
            Golden.All().Where(golden => golden.Dihedral.Count == 8).Select(golden => golden.File));
}
