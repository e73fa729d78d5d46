using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Video;

public class AlignedRunTests
{
    private static readonly VideoRules s_rules = new() { ClockTolerance = 1, ClockDrift = 0.1, LongestGap = 4 };

    private static Arbitrary<(VideoHash Query, VideoHash Known)> Entangled =>
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from pictures in Gen.Choose(1, 5)
         let random = new Random(seed)
         let stock = Enumerable.Range(0, pictures).Select(_ => SomeVideos.Hash(random)).ToArray()
         from query in SomeVideos.Entangled(stock, 7)
         from known in SomeVideos.Entangled(stock, 7)
         select (query, known)).ToArbitrary();

    [Fact]
    public void The_longest_run_is_as_long_as_that_of_trying_all_sequences() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Entangled, videos =>
        {
            var longest = VideoOracle.LongestRun(videos.Query, videos.Known, s_rules);

            var run = videos.Query.CompareWith(videos.Known, s_rules).Run;

            return (run?.Frames ?? 0) == (longest < 2 ? 0 : longest);
        }));

    [Fact]
    public void A_run_says_where_it_is_in_both_videos() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Entangled, videos =>
        {
            if (videos.Query.CompareWith(videos.Known, s_rules).Run is not { } run) return true;

            return run.QueryFrom <= run.QueryUntil && run.KnownFrom <= run.KnownUntil
                && videos.Query.Frames.Any(frame => frame.Seconds == run.QueryFrom)
                && videos.Known.Frames.Any(frame => frame.Seconds == run.KnownFrom)
                && run.Frames <= Math.Min(videos.Query.Count, videos.Known.Count);
        }));

    [Fact]
    public void A_clip_in_the_middle_of_another_video_is_placed_in_both()
    {
        var random = new Random(1);
        var known = SomeVideos.Frames(120, random);
        var query = SomeVideos.Frames(100, random).Where(frame => frame.Seconds is < 30 or >= 50).Concat(known.Clip(70, 90, random, at: 30));

        var run = VideoHash.Of(query).CompareWith(VideoHash.Of(known)).Run;

        Assert.Equal(new AlignedRun(20, 30, 49, 70, 89), run);
    }

    [Theory]
    [InlineData(0.96)]
    [InlineData(1.0417)]
    public void A_video_of_two_minutes_played_a_little_faster_or_slower_is_one_run(double speed)
    {
        var random = new Random(2);
        var known = SomeVideos.Frames(120, random);

        var run = VideoHash.Of(known.Clip(0, 120, random, speed: speed)).CompareWith(VideoHash.Of(known)).Run;

        Assert.Equal(120, run?.Frames);
    }

    [Fact]
    public void Missing_frames_and_another_number_of_frames_a_second_leave_one_run()
    {
        var random = new Random(3);
        var known = SomeVideos.Frames(240, random, step: 0.5);
        var query = known.Clip(20, 80, random).Where((_, index) => index % 2 == 0 && index % 7 != 0).ToList();

        var run = VideoHash.Of(query).CompareWith(VideoHash.Of(known)).Run;

        Assert.Equal(query.Count, run?.Frames);
    }

    [Fact]
    public void The_same_pictures_in_another_order_or_at_another_pace_make_no_long_run()
    {
        var random = new Random(4);
        var known = SomeVideos.Frames(60, random);
        var backwards = known.Select(frame => frame with { Seconds = 60 - frame.Seconds });
        var twice = known.Clip(0, 60, random, speed: 2);

        Assert.InRange(VideoHash.Of(backwards).CompareWith(VideoHash.Of(known)).Run?.Frames ?? 0, 0, 2);
        Assert.InRange(VideoHash.Of(twice).CompareWith(VideoHash.Of(known)).Run?.Frames ?? 0, 0, 6);
    }

    [Fact]
    public void A_gap_longer_than_the_rules_allow_ends_a_run()
    {
        var random = new Random(5);
        var known = SomeVideos.Frames(40, random);
        var query = known.Clip(0, 40, random).Where(frame => frame.Seconds is < 10 or >= 25);

        Assert.Equal(15, VideoHash.Of(query).CompareWith(VideoHash.Of(known)).Run?.Frames);
    }

    [Fact]
    public void An_hour_of_noise_over_one_still_picture_are_compared_within_bounds()
    {
        var random = new Random(6);
        var picture = SomeVideos.Hash(random);
        VideoHash Still() => VideoHash.Of(Enumerable.Range(0, 3600).Select(i => new VideoFrame(i, i, SomeVideos.Noisy(picture, 10, random), 100)));
        var video = Still();

        var comparison = video.CompareWith(video);

        Assert.Equal((video.Count, video.Count), (comparison.QueryFound, comparison.KnownFound));
        Assert.InRange(comparison.Run!.Value.Frames, video.Count * 9 / 10, video.Count);
    }
}
