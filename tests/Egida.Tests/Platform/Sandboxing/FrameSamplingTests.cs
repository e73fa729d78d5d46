using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Tests.Platform.Sandboxing;

public class FrameSamplingTests
{
    private const string Zoom = "-f lavfi -i mandelbrot=size=480x270:rate=25:end_pts=1500 -t 12 -pix_fmt yuv420p";
    private const string Still = "-f lavfi -i testsrc=size=320x240:rate=25 -t 12 -pix_fmt yuv420p";

    private static readonly Hash256 s_landscape = Hash256.Parse("82dd6420d1c2d2dd26378d0ede0862d721b68de05ec37b17a12c34c85ef3db3f");

    private static async Task<FrameTaking> Take(byte[] content) =>
        await new MediaSandbox(TimeProvider.System).TakeFrames(new MemoryStream(content), CancellationToken.None);

    private static async Task<FrameTaking.Taken> Taken(byte[] content) => Assert.IsType<FrameTaking.Taken>(await Take(content));

    private static async Task<VideoHash> Hash(byte[] content) => VideoHash.Of((await Taken(content)).Frames);

    /// <summary>A generated video, as another program makes of it what the options say.</summary>
    private static byte[] Changed(byte[] video, string options, string extension)
    {
        var source = Path.Combine(Path.GetTempPath(), $"egida-{Path.GetRandomFileName()}.mp4");
        File.WriteAllBytes(source, video);
        try
        {
            return HostileFiles.Converted(options.Replace("SOURCE", source, StringComparison.Ordinal), extension);
        }
        finally
        {
            File.Delete(source);
        }
    }

    [Theory]
    [InlineData("mp4", (int)MediaFormat.Mp4)]
    [InlineData("webm", (int)MediaFormat.Matroska)]
    [InlineData("mkv", (int)MediaFormat.Matroska)]
    [InlineData("avi", (int)MediaFormat.Avi)]
    [InlineData("flv", (int)MediaFormat.FlashVideo)]
    [InlineData("ts", (int)MediaFormat.MpegTransport)]
    public async Task Frames_come_with_their_number_and_time(string extension, int format)
    {
        var taken = await Taken(HostileFiles.Converted("-f lavfi -i testsrc=size=320x240:rate=10 -t 3", extension));

        Assert.Equal(((MediaFormat)format, null), (taken.Format, taken.CutShort));
        Assert.InRange(taken.Frames.Count, 3, 12);
        Assert.Equal((0, 0.0), (taken.Frames[0].Number, taken.Frames[0].Seconds));
        Assert.All(taken.Frames, frame => Assert.InRange(frame.Seconds - frame.Number / 10.0, -0.11, 0.11));
        Assert.All(taken.Frames, frame => Assert.InRange(frame.Quality, 50, 100));
    }

    [Fact]
    public async Task Copies_clips_and_longer_videos_are_recognised_by_their_frames()
    {
        var original = HostileFiles.Converted(Zoom, "mp4");
        var known = await Hash(original);

        var reEncoded = (await Hash(Changed(original, "-i SOURCE -vf scale=256:200 -r 15 -c:v mpeg4 -b:v 300k", "avi"))).CompareWith(known);
        var clip = (await Hash(Changed(original, "-ss 4 -i SOURCE -t 5 -crf 30", "mp4"))).CompareWith(known);
        var longer = (await Hash(Changed(original, $"-f lavfi -t 8 -i life=size=480x270:rate=25:mold=10 -i SOURCE -filter_complex [0:v][1:v]concat=n=2:v=1", "mkv"))).CompareWith(known);

        Assert.Equal(VideoEvidence.QueryInKnown | VideoEvidence.KnownInQuery | VideoEvidence.AlignedRun, reEncoded.Evidence());
        Assert.Equal(VideoEvidence.QueryInKnown | VideoEvidence.AlignedRun, clip.Evidence());
        Assert.InRange(clip.Run!.Value.KnownFrom - clip.Run.Value.QueryFrom, 2.5, 5.5);
        Assert.Equal(VideoEvidence.KnownInQuery | VideoEvidence.AlignedRun, longer.Evidence() & (VideoEvidence.KnownInQuery | VideoEvidence.AlignedRun));
        Assert.InRange(longer.Run!.Value.QueryFrom - longer.Run.Value.KnownFrom, 6.5, 9.5);
        Assert.Equal(VideoEvidence.None, (await Hash(HostileFiles.Converted(Still, "mp4"))).CompareWith(known).Evidence());
    }

    [Fact]
    public async Task A_video_that_stands_still_is_one_frame()
    {
        var taken = await Taken(HostileFiles.Converted("-loop 1 -i " + Path.Combine(HostileFiles.GoldenFolder(), "000-landscape-512x512.png") + " -t 20 -r 25 -pix_fmt yuv420p", "mp4"));

        var frame = Assert.Single(VideoHash.Of(taken.Frames).Frames);
        Assert.InRange(frame.Pdq.Distance(s_landscape), 0, 31);
        Assert.InRange(taken.Frames.Count, 20, 21);
    }

    [Fact]
    public async Task A_black_video_has_frames_and_none_that_says_anything() =>
        Assert.Empty((await Hash(HostileFiles.Converted("-f lavfi -i color=black:size=320x240 -t 3", "mp4"))).Frames);

    [Fact]
    public async Task A_video_of_one_frame_and_no_duration_is_taken() =>
        Assert.Single((await Taken(HostileFiles.Converted("-f lavfi -i testsrc=size=320x240:rate=10 -frames:v 1 -c:v libx264", "mkv"))).Frames);

    [Fact]
    public async Task Frames_at_irregular_times_keep_their_times()
    {
        // Frame n is shown at n²/10 seconds.
        var taken = await Taken(HostileFiles.Converted("-f lavfi -i testsrc=size=320x240:rate=10 -frames:v 12 -vf setpts=N*N/10/TB -fps_mode vfr -enc_time_base 1/1000", "mkv"));

        Assert.All(taken.Frames, frame => Assert.InRange(frame.Seconds - frame.Number * frame.Number / 10.0, -0.11, 0.11));
        Assert.InRange(taken.Frames[^1].Seconds, 12, 12.2);
    }

    [Fact]
    public async Task A_video_that_ends_early_gives_its_frames_and_says_so()
    {
        var whole = HostileFiles.Converted(Zoom + " -movflags +faststart", "mp4");

        var taken = await Taken(whole[..(whole.Length / 2)]);

        Assert.Equal(FramesEnd.Damaged, taken.End);
        Assert.StartsWith("damaged or ends early: no frames after 0:00:0", taken.CutShort, StringComparison.Ordinal);
        Assert.InRange(taken.Frames.Count, 2, 40);
    }

    [Fact]
    public async Task Damage_in_the_middle_costs_only_some_frames()
    {
        var video = HostileFiles.Converted(Zoom + " -c:v mpeg4 -b:v 500k", "avi");
        new Random(1).NextBytes(video.AsSpan(video.Length / 2, 5000));

        var frames = (await Taken(video)).Frames;

        Assert.InRange(frames[^1].Seconds, 8, 12.1);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task Noise_behind_the_head_of_a_video_is_refused(string extension)
    {
        var video = HostileFiles.Moving(extension);
        new Random(2).NextBytes(video.AsSpan(64));

        Assert.Equal("undecodable:no-frame", Assert.IsType<FrameTaking.Refused>(await Take(video)).Inspection.Mark);
    }

    [Fact]
    public async Task Frames_larger_than_a_picture_may_be_are_not_decoded() =>
        Assert.Equal("undecodable:no-frame", Assert.IsType<FrameTaking.Refused>(
            await Take(HostileFiles.Converted("-f lavfi -i color=gray:size=9000x9000 -frames:v 1 -c:v mjpeg", "avi"))).Inspection.Mark);

    [Fact]
    public async Task No_more_frames_are_taken_than_allowed()
    {
        var video = HostileFiles.Converted("-f lavfi -i testsrc=size=64x64:rate=4 -t 60", "mkv");

        var sampled = await new FrameSampling(SandboxLimits.Default, new() { MostFrames = 20 }, TimeProvider.System).Sample(video, MediaFormat.Matroska, CancellationToken.None);

        Assert.Equal(FramesEnd.MostFrames, sampled.End);
        Assert.InRange(sampled.Frames.Count, 1, 20);
    }

    [Fact]
    public async Task Decoding_stops_when_its_time_is_over_and_the_frames_so_far_are_kept()
    {
        var video = Changed(HostileFiles.Converted(Zoom + " -preset ultrafast", "mp4"), "-stream_loop 60 -i SOURCE -c copy", "mkv");

        var byClock = await new FrameSampling(SandboxLimits.Default, new() { Deadline = TimeSpan.FromSeconds(2) }, TimeProvider.System).Sample(video, MediaFormat.Matroska, CancellationToken.None);
        var byProcessor = await new FrameSampling(SandboxLimits.Default, new() { Processor = TimeSpan.FromSeconds(1) }, TimeProvider.System).Sample(video, MediaFormat.Matroska, CancellationToken.None);

        Assert.Equal((FramesEnd.Deadline, FramesEnd.Processor), (byClock.End, byProcessor.End));
        Assert.InRange(byProcessor.Frames.Count, 1, 2300);
    }

    [Fact]
    public async Task A_picture_is_no_video() =>
        Assert.IsType<Inspection.Decoded>(Assert.IsType<FrameTaking.NoVideo>(await Take(HostileFiles.Landscape())).Inspection);
}
