namespace Egida.HashSearch.Tests.Robust;

public class RobustQueryTests
{
    private static readonly Changed s_known = Changed.Golden("000-");
    private static readonly NearSearch s_list = List();

    private static NearSearch List()
    {
        var list = new NearSearch();
        list.Add(s_known.Pdq, 7);
        var random = new Random(1);
        for (var i = 100; i < 300; i++) list.Add(Video.SomeVideos.Hash(random), i);
        return list;
    }

    private static RobustMatch? Find(Changed picture, RobustQuery? query = null) =>
        (query ?? RobustQuery.Default).First(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, 3, s_list.Nearest);

    [Fact]
    public void An_unchanged_picture_is_found_by_the_first_guess() =>
        Assert.Equal(new RobustMatch(new(7, 0), new(GuessKind.AsItIs), false, Dihedral.Original, false, 1), Find(s_known));

    [Fact]
    public void Mirrored_and_inverted_pictures_are_found_as_such()
    {
        var mirrored = Find(s_known.Mirrored())!.Value;
        var negative = Find(s_known.Inverted())!.Value;

        Assert.Equal((7, GuessKind.AsItIs, Dihedral.FlipY, false), (mirrored.Match.Id, mirrored.Guess.Kind, mirrored.Turn, mirrored.Inverted));
        Assert.Equal((7, GuessKind.AsItIs, Dihedral.Original, true), (negative.Match.Id, negative.Guess.Kind, negative.Turn, negative.Inverted));
    }

    [Fact]
    public void A_border_is_cut_off()
    {
        var found = Find(s_known.Framed(64, 32, 0, 16, 255))!.Value;

        Assert.Equal((new NearMatch(7, 0), true), (found.Match, found.WithoutBorder));
        Assert.Equal("bordered by 11.1 % left, 5.7 % top, 0 % right, 2.9 % bottom", found.Guess.ToString());
    }

    [Fact]
    public void A_mirrored_picture_between_bars_is_found()
    {
        var found = Find(s_known.Mirrored().Framed(0, 100, 0, 100, 0))!.Value;

        Assert.Equal((7, GuessKind.Bordered, Dihedral.FlipY), (found.Match.Id, found.Guess.Kind, found.Turn));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(5)]
    public void A_tilted_picture_is_found_and_the_tilt_is_named(double degrees)
    {
        Assert.Null(Find(s_known.Tilted(degrees), new() { MostGuesses = 1 }));

        var found = Find(s_known.Tilted(degrees))!.Value;

        Assert.Equal((7, GuessKind.Tilted), (found.Match.Id, found.Guess.Kind));
        Assert.InRange(found.Guess.Degrees, degrees - 2, degrees + 2);
    }

    [Theory]
    [InlineData(18, 18, 18, 18)]
    [InlineData(30, 0, 0, 0)]
    [InlineData(0, 0, 0, 40)]
    public void A_cropped_picture_is_found(int left, int top, int right, int bottom)
    {
        var cropped = s_known.Cropped(left, top, right, bottom);
        Assert.Null(Find(cropped, new() { MostGuesses = 1 }));

        Assert.Equal(7, Find(cropped)?.Match.Id);
    }

    [Fact]
    public void A_crop_inside_a_border_is_found_without_the_border()
    {
        var found = Find(s_known.Cropped(20, 20, 20, 20).Framed(20, 20, 20, 20, 0))!.Value;

        Assert.Equal((7, GuessKind.Cropped, true), (found.Match.Id, found.Guess.Kind, found.WithoutBorder));
    }

    [Fact]
    public void Another_picture_is_not_found() => Assert.Null(Find(Changed.Golden("003-")));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void No_more_guesses_are_looked_up_than_allowed_and_none_after_a_hit(int most)
    {
        var (picture, lookUps) = (Changed.Golden("003-"), 0);

        new RobustQuery { MostGuesses = most }.First(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, 3, (_, _) =>
        {
            lookUps++;
            return null;
        });

        Assert.InRange(lookUps, 16, 16 * most);
        Assert.Equal(0, lookUps % 16);
    }

    [Fact]
    public void Made_up_pictures_have_a_distance_of_their_own()
    {
        var (picture, distances) = (Changed.Golden("003-").Framed(40, 0, 0, 0, 0), new List<int>());

        new RobustQuery { Distance = 20, DistanceOfMadeUp = 11, Inverted = false }.First(picture.Pixels, picture.Width, picture.Height, picture.Width * 3, 3, (_, distance) =>
        {
            distances.Add(distance);
            return null;
        });

        Assert.Equal(Enumerable.Repeat(20, 16), distances.Take(16));
        Assert.All(distances.Skip(16), distance => Assert.Equal(11, distance));
    }

    [Fact]
    public void A_flat_picture_is_not_looked_up() =>
        new RobustQuery().First(new byte[300 * 200 * 3], 300, 200, 900, 3, (_, _) => throw new InvalidOperationException("looked up"));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(6000, 5)]
    public void Odd_sizes_are_taken(int width, int height) =>
        Assert.Null(Find(new Changed(new byte[width * height * 3], width, height).Noisy(120), new() { SmallestQuality = 0, Distance = 10, DistanceOfMadeUp = 10 }));

    [Fact]
    public void Pixels_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RobustQuery.Default.First(new byte[10], 10, 10, 30, 3, s_list.Nearest));
        Assert.Throws<ArgumentException>(() => RobustQuery.Default.First(new byte[300], 10, 10, 29, 3, s_list.Nearest));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustQuery.Default.First(new byte[300], 0, 10, 30, 3, s_list.Nearest));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustQuery.Default.First(new byte[300], 10, 10, 30, 2, s_list.Nearest));
    }
}
