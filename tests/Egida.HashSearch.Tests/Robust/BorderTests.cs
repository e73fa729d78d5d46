using Egida.HashSearch.Robust;

namespace Egida.HashSearch.Tests.Robust;

public class BorderTests
{
    private static IReadOnlyList<Margins> Of(Changed picture) => Border.Of(new(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, 3));

    [Theory]
    [InlineData(10, 20, 30, 40, 0)]
    [InlineData(10, 20, 30, 40, 255)]
    [InlineData(0, 64, 0, 64, 0)]
    [InlineData(3, 0, 0, 0, 255)]
    [InlineData(1, 1, 1, 1, 128)]
    public void A_border_is_measured_to_the_pixel(int left, int top, int right, int bottom, byte colour) =>
        Assert.Equal(new Margins(left, top, right, bottom), Of(Changed.Golden("000-").Framed(left, top, right, bottom, colour))[0]);

    [Fact]
    public void Noise_on_a_border_and_another_colour_on_each_side_do_no_harm()
    {
        var framed = Changed.Golden("000-").Framed(20, 0, 0, 0, 90).Framed(0, 0, 25, 0, 140).Framed(0, 40, 0, 0, 0).Framed(0, 0, 0, 30, 255);

        Assert.Equal(new Margins(20, 40, 25, 30), Of(framed.Noisy(6))[0]);
    }

    [Fact]
    public void A_border_inside_a_border_is_a_candidate() =>
        Assert.Contains(new Margins(15, 15, 15, 15), Of(Changed.Golden("000-").Framed(10, 10, 10, 10, 255).Framed(5, 5, 5, 5, 0)));

    [Fact]
    public void A_picture_without_border_has_none() => Assert.Empty(Of(Changed.Golden("003-")));

    [Fact]
    public void A_picture_of_one_colour_has_none() => Assert.Empty(Of(new(new byte[100 * 50 * 3], 100, 50)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(2, 900)]
    public void Tiny_pictures_have_none(int width, int height) => Assert.Empty(Of(new(new byte[width * height * 3], width, height)));

    [Fact]
    public void Of_a_border_all_around_the_bars_alone_are_candidates_too() =>
        Assert.Equal([new(10, 20, 30, 40), new(0, 20, 0, 40), new(10, 0, 30, 0)], Of(Changed.Golden("000-").Framed(10, 20, 30, 40, 0)));
}
