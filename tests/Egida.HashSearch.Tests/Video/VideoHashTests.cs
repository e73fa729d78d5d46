namespace Egida.HashSearch.Tests.Video;

public class VideoHashTests
{
    private static readonly Random s_random = new(1);
    private static readonly Hash256 s_picture = SomeVideos.Hash(s_random), s_other = SomeVideos.Hash(s_random);

    [Fact]
    public void Blank_frames_are_dropped()
    {
        var video = VideoHash.Of([new(0, 0, s_picture, 49), new(25, 1, s_other, 50)]);

        Assert.Equal([1.0], video.Frames.Select(frame => frame.Seconds));
    }

    [Fact]
    public void Of_a_still_scene_the_first_frame_is_kept_and_stands_for_all_of_it()
    {
        var (near, far) = (SomeVideos.Noisy(s_picture, 6, s_random), SomeVideos.Noisy(s_picture, 7, s_random));

        var video = VideoHash.Of([new(0, 0, s_picture, 100), new(1, 1, near, 100), new(2, 2, s_picture, 100), new(3, 3, far, 100), new(4, 4, s_other, 100)]);

        Assert.Equal([0.0, 3, 4], video.Frames.Select(frame => frame.Seconds));
        Assert.Equal(2, video.Shown[0].Until);
    }

    [Fact]
    public void Frames_come_in_any_order()
    {
        var frames = SomeVideos.Frames(50, new(2));
        var shuffled = frames.ToArray();
        new Random(3).Shuffle(shuffled);

        Assert.Equal(frames, VideoHash.Of(shuffled).Frames);
    }

    [Fact]
    public void All_frames_are_kept_if_asked_for() =>
        Assert.Equal(3, VideoHash.Of([new(0, 0, s_picture, 0), new(1, 1, s_picture, 0), new(2, 2, s_picture, 0)], smallestQuality: 0, repetitionDistance: null).Count);

    [Theory]
    [InlineData(-1, 50)]
    [InlineData(double.NaN, 50)]
    [InlineData(double.PositiveInfinity, 50)]
    [InlineData(0, 101)]
    [InlineData(0, -1)]
    public void A_frame_with_an_impossible_time_or_quality_is_refused(double seconds, int quality) =>
        Assert.Throws<ArgumentException>(() => VideoHash.Of([new(0, seconds, s_picture, quality)]));

    [Fact]
    public void Shares_are_counted_in_both_directions()
    {
        var random = new Random(4);
        var known = SomeVideos.Frames(40, random);

        var comparison = VideoHash.Of(known.Clip(10, 20, random)).CompareWith(VideoHash.Of(known));

        Assert.Equal((1.0, 0.25), (comparison.QueryShare, comparison.KnownShare));
        Assert.Equal(VideoEvidence.QueryInKnown | VideoEvidence.AlignedRun, comparison.Evidence());
    }

    [Fact]
    public void Thirty_one_bits_are_near_and_thirty_two_are_not()
    {
        var random = new Random(5);
        var known = SomeVideos.Frames(10, random);

        Assert.Equal(10, VideoHash.Of(known.Clip(0, 10, random, noise: 31)).CompareWith(VideoHash.Of(known)).QueryFound);
        Assert.Equal(0, VideoHash.Of(known.Clip(0, 10, random, noise: 32)).CompareWith(VideoHash.Of(known)).QueryFound);
    }

    [Fact]
    public void A_video_without_frames_has_nothing_in_common_with_any()
    {
        var empty = VideoHash.Of([]);

        Assert.Equal(VideoEvidence.None, empty.CompareWith(empty).Evidence());
        Assert.Equal(VideoEvidence.None, empty.CompareWith(VideoHash.Of(SomeVideos.Frames(3, new(6)))).Evidence());
    }

    [Theory]
    [InlineData(-1, 0.8, 5)]
    [InlineData(48, 0.8, 5)]
    [InlineData(31, 0, 5)]
    [InlineData(31, double.NaN, 5)]
    [InlineData(31, 0.8, 1)]
    public void Rules_outside_their_range_are_refused(int distance, double share, int run)
    {
        var rules = new VideoRules { Distance = distance, QueryShare = share, RunFrames = run };

        Assert.Throws<ArgumentOutOfRangeException>(() => VideoIndex.Build([], rules));
        Assert.Throws<ArgumentOutOfRangeException>(() => VideoHash.Of([]).CompareWith(VideoHash.Of([]), rules));
    }
}
