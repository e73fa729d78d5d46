using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Pdq.Oracle;

namespace Egida.HashSearch.Tests;

public unsafe class PdqKernelTests
{
    private static readonly int[] s_sides =
        [5, 6, 7, 13, 31, 63, 64, 65, 90, 127, 128, 129, 130, 200, 255, 256, 257, 300, 384, 385, 512, 513, 640, 700];

    private static readonly int[] s_longSides = [896, 897, 1024, 1025, 1500, 2000, 2048, 2049, 2300];

    public static TheoryData<string> Kernels => [.. KernelRegistry.Available.Select(kernel => kernel.ToString())];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_gives_what_the_oracle_gives(string kernel)
    {
        var workspace = new Workspace(Enum.Parse<Kernel>(kernel));
        var random = new Random(kernel.Length);
        for (var i = 0; i < 150; i++)
        {
            var picture = Some(random, s_sides[random.Next(s_sides.Length)], s_sides[random.Next(s_sides.Length)], seed: i);
            var expected = PdqOracle.Hash(picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Places);

            picture.Expect(expected.Hashes, expected.Quality, workspace, allowTents: true);
            picture.Expect(expected.Hashes, expected.Quality, workspace, allowTents: false);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Long_sides_too(string kernel)
    {
        var workspace = new Workspace(Enum.Parse<Kernel>(kernel));
        var random = new Random(kernel.Length);
        for (var i = 0; i < 6; i++)
        {
            var (longer, shorter) = (s_longSides[random.Next(s_longSides.Length)], 5 + random.Next(500));
            var picture = i % 2 == 0 ? Some(random, longer, shorter, seed: i) : Some(random, shorter, longer, seed: i);
            var expected = PdqOracle.Hash(picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Places);

            picture.Expect(expected.Hashes, expected.Quality, workspace, allowTents: true);
            picture.Expect(expected.Hashes, expected.Quality, workspace, allowTents: false);
        }
    }

    // The oracle is too slow for thousands; with all roundings is the oracle, says the test above.
    [Fact]
    public void Thousands_of_pictures_are_hashed_quickly_as_with_all_roundings()
    {
        var workspace = new Workspace(KernelRegistry.Preferred);
        var random = new Random(5);
        var quick = 0;
        for (var i = 0; i < 2500; i++)
        {
            var picture = Some(random, s_sides[random.Next(s_sides.Length)], s_sides[random.Next(s_sides.Length)], seed: 1000 + i);
            var hashes = new Hash256[8];
            picture.Hash(workspace, hashes, out var quality, allowTents: false);

            if (picture.Expect(hashes, quality, workspace, allowTents: true) == PdqWay.Tents) quick++;
        }
        Assert.InRange(quick, 1, 2499);
    }

    [Theory]
    [InlineData(16_000, 70)]
    [InlineData(70, 16_000)]
    [InlineData(24_000, 9)]
    public void Pictures_of_extreme_shape_are_hashed_like_any_other(int width, int height)
    {
        var picture = Some(new Random(3), width, height, seed: 4);
        var expected = PdqOracle.Hash(picture.Pixels, width, height, picture.Stride, picture.Places);

        foreach (var kernel in KernelRegistry.Available) picture.Expect(expected.Hashes, expected.Quality, new(kernel), allowTents: true);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Row_by_row_it_is_the_same(string kernel)
    {
        var random = new Random(kernel.Length);
        for (var i = 0; i < 60; i++)
        {
            var picture = Some(random, s_sides[random.Next(s_sides.Length)], s_sides[random.Next(s_sides.Length)], seed: i);
            var (hashes, again) = (new Hash256[8], new Hash256[8]);
            picture.Hash(new(Enum.Parse<Kernel>(kernel)), hashes, out var quality, allowTents: false);

            var ordered = new OrderedReading(picture.Width, picture.Height, picture.Places, Enum.Parse<Kernel>(kernel));
            foreach (var row in picture.Rows()) ordered.Add(row, row.Length, 1);
            Assert.Equal(quality, ordered.Complete(again));
            Assert.Equal(hashes, again);
            Assert.Equal(quality, ordered.Complete(again));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Strip_by_strip_it_is_the_same(string kernel)
    {
        var random = new Random(kernel.Length);
        for (var i = 0; i < 60; i++)
        {
            var picture = Some(random, s_sides[random.Next(s_sides.Length)], s_sides[random.Next(s_sides.Length)], seed: i);
            var (hashes, again) = (new Hash256[8], new Hash256[8]);
            picture.Hash(new(Enum.Parse<Kernel>(kernel)), hashes, out var quality, allowTents: false);

            var ordered = new OrderedReading(picture.Width, picture.Height, picture.Places, Enum.Parse<Kernel>(kernel));
            var most = random.Next(3) == 0 ? 32 : random.Next(1, 80);
            for (int y = 0, rows; y < picture.Height; y += rows)
            {
                rows = Math.Min(picture.Height - y, most == 32 ? 32 : random.Next(1, most + 1));
                // An array of its own, so that nothing lies behind it that could be read in its place.
                ordered.Add(picture.Strip(y, rows), picture.Stride, rows);
            }
            Assert.Equal(quality, ordered.Complete(again));
            Assert.Equal(hashes, again);
        }
    }

    private static Picture Some(Random random, int width, int height, int seed)
    {
        var kinds = Enum.GetValues<PdqPictures.Kind>();
        var (kind, format) = (kinds[random.Next(kinds.Length)], (PdqPixels)random.Next(6));
        var row = width * PixelLayout.Of(format).Bytes;
        var stride = row + random.Next(2) * random.Next(100);
        return new(kind, format, width, height, stride, WithStride(PdqPictures.Draw(kind, width, height, row / width, seed), row, height, stride));
    }

    private sealed record Picture(PdqPictures.Kind Kind, PdqPixels Format, int Width, int Height, int Stride, byte[] Pixels)
    {
        public PixelLayout Places => PixelLayout.Of(Format);

        public IEnumerable<byte[]> Rows() => Enumerable.Range(0, Height).Select(y => Pixels.AsSpan(y * Stride, Width * Places.Bytes).ToArray());

        public byte[] Strip(int top, int rows) => Pixels.AsSpan(top * Stride, (rows - 1) * Stride + Width * Places.Bytes).ToArray();

        public PdqWay Hash(Workspace workspace, Hash256[] hashes, out int quality, bool allowTents)
        {
            fixed (byte* first = Pixels) return workspace.Hash(first, Width, Height, Stride, Places, hashes, out quality, allowTents);
        }

        public PdqWay Expect(IEnumerable<Hash256> expected, int quality, Workspace workspace, bool allowTents)
        {
            var hashes = new Hash256[8];
            var way = Hash(workspace, hashes, out var found, allowTents);
            Assert.True(expected.SequenceEqual(hashes) && found == quality,
                $"{Kind} {Format} {Width}×{Height}, stride {Stride}, {way}: quality {found} for {quality}, {hashes[0]} for {expected.First()}");
            return way;
        }
    }

    // The bytes end with the last pixel, and what is between rows counts for nothing.
    private static byte[] WithStride(byte[] pixels, int row, int height, int stride)
    {
        if (stride == row) return pixels;
        var spaced = new byte[(height - 1) * stride + row];
        new Random(1).NextBytes(spaced);
        for (var y = 0; y < height; y++) pixels.AsSpan(y * row, row).CopyTo(spaced.AsSpan(y * stride));
        return spaced;
    }
}
