using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Video;

public class VideoIndexTests
{
    private sealed record Question(VideoHash[] Known, VideoHash Query, int CommonVideos);

    private static Arbitrary<Question> Questions =>
        (from seed in Gen.Choose(0, int.MaxValue - 1)
         from pictures in Gen.Choose(4, 30)
         let random = new Random(seed)
         let stock = Enumerable.Range(0, pictures).Select(_ => SomeVideos.Hash(random)).ToArray()
         from known in SomeVideos.Entangled(stock, 9).ArrayOf()
         from query in SomeVideos.Entangled(stock, 9)
         from common in Gen.Choose(1, 12)
         select new Question(known, query, common)).ToArbitrary();

    [Fact]
    public void It_finds_exactly_what_comparing_with_every_known_video_finds() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Questions, question =>
        {
            // The short way for queries of common frames alone is a test of its own.
            var rules = new VideoRules { CommonVideos = question.CommonVideos, RunFrames = 3, QueryShare = 1 };
            var found = VideoIndex.Build(question.Known, rules).Find(question.Query);

            if (found.CommonFrames == question.Query.Count) return true;
            return found.Matches.Select(match => (match.Id, match.Evidence, match.Comparison.QueryFound, match.Comparison.KnownFound))
                .SequenceEqual(VideoOracle.Find(question.Query, question.Known, rules));
        }));

    [Fact]
    public void A_known_clip_is_found_in_a_longer_query_and_a_query_in_a_longer_known_video()
    {
        var random = new Random(1);
        var known = Enumerable.Range(0, 50).Select(_ => SomeVideos.Frames(60, random)).ToList();
        var index = VideoIndex.Build(known.Select(frames => VideoHash.Of(frames)));
        var longer = SomeVideos.Frames(300, random).Where(frame => frame.Seconds < 100 || frame.Seconds >= 160).Concat(known[17].Clip(0, 60, random, at: 100));

        var contains = Assert.Single(index.Find(VideoHash.Of(longer)).Matches);
        var clip = Assert.Single(index.Find(VideoHash.Of(known[23].Clip(20, 32, random))).Matches);

        Assert.Equal((17, VideoEvidence.KnownInQuery | VideoEvidence.AlignedRun), (contains.Id, contains.Evidence));
        Assert.Equal(new AlignedRun(60, 100, 159, 0, 59), contains.Comparison.Run);
        Assert.Equal((23, VideoEvidence.QueryInKnown | VideoEvidence.AlignedRun), (clip.Id, clip.Evidence));
        Assert.Equal(new AlignedRun(12, 0, 11, 20, 31), clip.Comparison.Run);
    }

    [Fact]
    public void A_piece_that_two_long_videos_share_is_found_by_its_run_alone()
    {
        var random = new Random(2);
        var known = SomeVideos.Frames(200, random);
        var query = SomeVideos.Frames(200, random).Where(frame => frame.Seconds is < 50 or >= 58).Concat(known.Clip(120, 128, random, at: 50));

        var match = Assert.Single(VideoIndex.Build([VideoHash.Of(known)]).Find(VideoHash.Of(query)).Matches);

        Assert.Equal(VideoEvidence.AlignedRun, match.Evidence);
    }

    [Fact]
    public void A_title_that_very_many_videos_begin_with_makes_no_match()
    {
        var random = new Random(3);
        var title = SomeVideos.Frames(8, random);
        IEnumerable<VideoFrame> Titled() => title.Clip(0, 8, random).Concat(SomeVideos.Frames(60, random).Where(frame => frame.Seconds >= 8));
        var known = Enumerable.Range(0, 150).Select(_ => Titled().ToList()).ToList();
        var index = VideoIndex.Build(known.Select(frames => VideoHash.Of(frames)));

        var stranger = index.Find(VideoHash.Of(Titled()));
        var copy = index.Find(VideoHash.Of(known[70].Clip(0, 60, random, noise: 5)));

        Assert.Empty(stranger.Matches);
        Assert.Equal(8, stranger.CommonFrames);
        Assert.Equal([70], copy.Matches.Select(match => match.Id));
    }

    [Fact]
    public void A_video_that_stands_in_the_list_very_often_is_still_found()
    {
        var random = new Random(4);
        var often = SomeVideos.Frames(30, random);
        var index = VideoIndex.Build(Enumerable.Range(0, 300).Select(_ => VideoHash.Of(often.Clip(0, 30, random, noise: 5))));

        var found = index.Find(VideoHash.Of(often));

        Assert.Equal(30, found.CommonFrames);
        Assert.Equal(VideoIndex.FewOfMany, found.Matches.Count);
        Assert.All(found.Matches, match => Assert.Equal(VideoEvidence.QueryInKnown, match.Evidence));
    }

    [Fact]
    public void Candidates_beyond_the_limit_are_counted_and_the_likeliest_are_judged()
    {
        var random = new Random(5);
        var query = SomeVideos.Frames(20, random);
        var known = Enumerable.Range(0, 30).Select(i => VideoHash.Of(query.Clip(0, i == 20 ? 20 : 1, random)));

        var found = VideoIndex.Build(known, new() { MostCandidates = 3, CommonVideos = 100 }).Find(VideoHash.Of(query));

        Assert.Equal(27, found.LeftOut);
        Assert.Equal(20, found.Matches[0].Id);
    }

    [Fact]
    public void No_known_video_a_known_video_without_frames_and_a_query_without_frames_find_nothing()
    {
        var video = VideoHash.Of(SomeVideos.Frames(10, new(6)));
        var empty = VideoHash.Of([]);

        Assert.Empty(VideoIndex.Build([]).Find(video).Matches);
        Assert.Empty(VideoIndex.Build([empty, video]).Find(empty).Matches);
        Assert.Equal([1], VideoIndex.Build([empty, video]).Find(video).Matches.Select(match => match.Id));
    }

    [Fact]
    public void Unrelated_videos_are_not_found()
    {
        var random = new Random(7);
        var index = VideoIndex.Build(Enumerable.Range(0, 100).Select(_ => VideoHash.Of(SomeVideos.Frames(60, random))));

        for (var i = 0; i < 20; i++) Assert.Empty(index.Find(VideoHash.Of(SomeVideos.Frames(60, random))).Matches);
    }
}
