using Egida.HashSearch.Robust;

namespace Egida.HashSearch.Tests.Robust;

public class SoftPictureTests
{
    private static SoftPicture Soft(Changed picture) => new(new(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, 3));

    [Fact]
    public void Sampled_as_it_is_a_picture_has_nearly_the_hash_of_the_reference()
    {
        foreach (var golden in Golden.All().Where(golden => golden.Quality >= 80 && golden.Picture().Width >= 256))
        {
            var picture = Changed.Golden(golden.File);

            var hash = Soft(picture).Hash(PlaceMap.Same).Original.Hash;

            Assert.True(hash.Distance(golden.Pdq) <= 31, $"{golden.File}: {hash.Distance(golden.Pdq)} bits");
        }
    }

    [Fact]
    public void One_and_four_channels_give_the_same_as_three()
    {
        var picture = Changed.Golden("000-");
        var grey = picture with { Pixels = [.. picture.Pixels.Chunk(3).SelectMany(pixel => Enumerable.Repeat(pixel[0], 3))] };
        byte[] one = [.. grey.Pixels.Chunk(3).Select(pixel => pixel[0])];
        byte[] four = [.. grey.Pixels.Chunk(3).SelectMany(pixel => pixel.Append((byte)7))];
        var expected = Soft(grey).Hash(PlaceMap.Same).Original.Hash;

        Assert.InRange(new SoftPicture(new(one, grey.Width, grey.Height, grey.Width, 1)).Hash(PlaceMap.Same).Original.Hash.Distance(expected), 0, 2);
        Assert.Equal(expected, new SoftPicture(new(four, grey.Width, grey.Height, grey.Width * 4, 4)).Hash(PlaceMap.Same).Original.Hash);
    }

    [Fact]
    public void A_tilt_is_undone()
    {
        var picture = Changed.Golden("000-");

        foreach (var degrees in new[] { -4.5, -1.5, 1.5, 3 })
        {
            var undone = Soft(picture.Tilted(degrees)).Hash(PlaceMap.Turned(degrees, (double)picture.Width / picture.Height)).Original.Hash;

            Assert.True(undone.Distance(picture.Pdq) <= 31, $"{degrees}°: {undone.Distance(picture.Pdq)} bits");
        }
    }

    [Fact]
    public void A_crop_is_made_up_for()
    {
        var picture = Changed.Golden("000-");

        var undone = Soft(picture.Cropped(10, 10, 10, 10)).Hash(PlaceMap.Cropped(10 / 512.0, 10 / 512.0, 10 / 512.0, 10 / 512.0)).Original.Hash;

        Assert.InRange(undone.Distance(picture.Pdq), 0, 31);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(1, 5000)]
    [InlineData(257, 255)]
    public void Any_size_can_be_sampled(int width, int height)
    {
        var picture = new Changed(new byte[width * height * 3], width, height).Noisy(100);

        Assert.Equal(128, Soft(picture).Hash(PlaceMap.Cropped(0.1, 0.2, 0, 0)).Original.Hash.OnesCount, 128.0);
    }

    [Fact]
    public void What_a_crop_took_lies_outside_the_query()
    {
        var map = PlaceMap.Cropped(0.1, 0.2, 0.3, 0.4);

        Assert.Equal((0f, 0f), Rounded(map.Of(0.1f, 0.2f)));
        Assert.Equal((1f, 1f), Rounded(map.Of(0.7f, 0.6f)));
        Assert.True(map.Of(0, 0).X < 0 && map.Of(1, 1).Y > 1);
    }

    [Fact]
    public void Tilting_back_and_forth_leads_to_the_same_place()
    {
        var (there, back) = (PlaceMap.Turned(7, 1.5), PlaceMap.Turned(-7, 1.5));
        var (x, y) = there.Of(0.2f, 0.9f);

        Assert.Equal((0.2f, 0.9f), Rounded(back.Of(x, y)));
    }

    private static (float, float) Rounded((float X, float Y) place) => (MathF.Round(place.X, 5), MathF.Round(place.Y, 5));
}
