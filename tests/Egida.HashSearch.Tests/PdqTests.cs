using Egida.HashSearch.Pdq;
using Egida.HashSearch.Pdq.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

public class PdqTests
{
    private sealed record Picture(int Width, int Height, int Channels, byte[] Pixels)
    {
        public int Stride => Width * Channels;

        public PdqResult Hash() => PdqHasher.HashDihedral(Pixels, Width, Height, Stride, Channels).Original;
    }

    private static Gen<Picture> Pictures(int smallest = 1, int largest = 300) =>
        from width in Gen.Choose(smallest, largest)
        from height in Gen.Choose(smallest, largest)
        from channels in Gen.Elements(1, 3, 4)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Picture(width, height, channels, Noise(width * height * channels, seed));

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void Any_picture_gets_a_hash_with_half_of_its_bits_set_unless_it_is_tiny() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Pictures().ToArbitrary(), picture =>
        {
            var result = picture.Hash();
            var tiny = picture.Width < 5 || picture.Height < 5;
            return tiny ? result == default : result.Quality is >= 0 and <= 100 && result.Hash.OnesCount <= 128;
        }));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 400)]
    [InlineData(400, 4)]
    public void A_side_under_five_pixels_gives_the_zero_hash_with_quality_zero(int width, int height)
    {
        var pixels = Noise(width * height, 1);

        Assert.Equal(default, PdqHasher.HashGrey(pixels, width, height, width));
        Assert.All(PdqHasher.HashDihedral(pixels, width, height, width, 1).Hashes, hash => Assert.Equal(default, hash));
    }

    [Fact]
    public void Five_pixels_are_enough() =>
        Assert.NotEqual(default, PdqHasher.HashGrey(Noise(25, 1), 5, 5, 5));

    [Fact]
    public void Bytes_between_the_rows_and_alpha_do_not_count() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Pictures(5, 90).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (picture, padding) =>
        {
            var stride = picture.Stride + padding;
            var padded = Noise(stride * picture.Height, 7);
            for (var y = 0; y < picture.Height; y++)
                picture.Pixels.AsSpan(y * picture.Stride, picture.Stride).CopyTo(padded.AsSpan(y * stride));
            if (picture.Channels == 4)
                for (var y = 0; y < picture.Height; y++)
                    for (var x = 0; x < picture.Width; x++)
                        padded[y * stride + x * 4 + 3] ^= 0x55;

            return PdqHasher.HashDihedral(padded, picture.Width, picture.Height, stride, picture.Channels).Original == picture.Hash();
        }));

    [Fact]
    public void Grey_given_as_grey_or_as_equal_colours_is_nearly_the_same_hash() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Pictures(64, 200).Where(picture => picture.Channels == 1).ToArbitrary(), picture =>
        {
            byte[] colour = [.. picture.Pixels.SelectMany(value => new[] { value, value, value })];
            return PdqHasher.HashRgb(colour, picture.Width, picture.Height, picture.Width * 3).Hash.Distance(picture.Hash().Hash) <= 4;
        }));

    [Fact]
    public void The_blur_down_a_column_adds_in_the_same_order_as_the_blur_along_a_row() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 900).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (height, width) =>
        {
            var window = BoxWindow.ForSide(height);
            var random = new Random(height * 41 + width);
            float[][] columns = [.. Enumerable.Range(0, width).Select(_ => Enumerable.Range(0, height).Select(_ => random.NextSingle() * 255).ToArray())];
            var expected = columns.Select(column =>
            {
                var blurred = new float[height];
                RowBox.Blur(column, blurred, window);
                return blurred;
            }).ToArray();

            var box = new ColumnBox(width, window);
            var rows = new List<float[]>();
            var row = new float[width];
            for (var y = 0; y < height; y++)
                if (box.Add([.. columns.Select(column => column[y])], row)) rows.Add([.. row]);
            while (box.Drain(row)) rows.Add([.. row]);

            return rows.Count == height
                && Enumerable.Range(0, height).All(y => Enumerable.Range(0, width).All(x => rows[y][x].Equals(expected[x][y])));
        }));

    [Fact]
    public void A_picture_wider_than_4096_pixels_is_hashed_like_any_other()
    {
        var wide = Golden.All().Single(golden => golden.File.StartsWith("016-", StringComparison.Ordinal)).Picture();
        var four = new byte[wide.Pixels.Length * 4];
        for (var y = 0; y < wide.Height; y++)
            for (var x = 0; x < wide.Stride * 4; x++)
                four[y * wide.Stride * 4 + x] = wide.Pixels[y * wide.Stride + x / (4 * wide.Channels) * wide.Channels + x % wide.Channels];

        var original = PdqHasher.HashRgb(wide.Pixels, wide.Width, wide.Height, wide.Stride);
        var stretched = PdqHasher.HashRgb(four, wide.Width * 4, wide.Height, wide.Stride * 4);

        Assert.Equal(6000, wide.Width * 4);
        Assert.InRange(stretched.Hash.Distance(original.Hash), 0, 31);
        Assert.InRange(stretched.Quality, original.Quality - 10, original.Quality + 10);
    }

    [Fact]
    public void A_flat_picture_has_quality_zero() =>
        Assert.Equal(0, PdqHasher.HashGrey(new byte[200 * 100], 200, 100, 200).Quality);

    [Fact]
    public void Wrong_shapes_are_refused_with_what_is_wrong()
    {
        Assert.Contains("stride", Assert.Throws<ArgumentException>(() => PdqHasher.HashRgb(new byte[300], 10, 10, 29)).Message, StringComparison.Ordinal);
        Assert.Contains("299 bytes", Assert.Throws<ArgumentException>(() => PdqHasher.HashRgb(new byte[299], 10, 10, 30)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PdqHasher.HashGrey([], 0, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PdqRows(10, 10, 2));

        var rows = new PdqRows(8, 6, 1);
        Assert.Throws<ArgumentException>(() => rows.Add(new byte[7]));
        for (var y = 0; y < 5; y++) rows.Add(new byte[8]);
        Assert.Contains("5 of 6", Assert.Throws<InvalidOperationException>(() => rows.Complete()).Message, StringComparison.Ordinal);
        rows.Add(new byte[8]);
        Assert.Throws<InvalidOperationException>(() => rows.Add(new byte[8]));
        Assert.Equal(rows.Complete(), rows.CompleteDihedral().Original);

        rows = new PdqRows(8, 6, 1);
        Assert.Contains("stride", Assert.Throws<ArgumentException>(() => rows.Add(new byte[14], 7)).Message, StringComparison.Ordinal);
        Assert.Contains("whole rows", Assert.Throws<ArgumentException>(() => rows.Add(new byte[21], 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rows.Add([], 10));
        rows.Add(new byte[28], 10);
        Assert.Throws<InvalidOperationException>(() => rows.Add(new byte[40], 10));
        rows.Add(new byte[30], 10);
        Assert.Equal(0, rows.Complete().Quality);
    }
}
