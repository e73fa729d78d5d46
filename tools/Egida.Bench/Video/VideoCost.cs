using System.Diagnostics;
using Egida.HashSearch;

namespace Egida.Bench.Video;

/// <summary>What a query costs among many known videos of random frames, of which every tenth begins with the same title.</summary>
internal static class VideoCost
{
    private const int Queries = 200, PeerQueries = 3, TitleFrames = 3;

    public static void Measure(int records, int framesPerVideo, Report report)
    {
        Report.Step($"building an index of {records:#,0} videos");
        var random = new Random(1);
        var title = Frames(TitleFrames, random);
        var known = new VideoHash[records];
        for (var i = 0; i < records; i++) known[i] = VideoHash.Of(i % 10 == 0 ? Titled(title, framesPerVideo, random) : Frames(framesPerVideo, random));
        VideoIndex? built = null;
        report.Add("records", records);
        report.Add("frames_per_video", framesPerVideo);
        report.Add("build_seconds", Bench.Measure.Once(() => built = VideoIndex.Build(known)));
        using var index = built!;

        var copies = Enumerable.Range(0, Queries).Select(i => Copy(known[(i * 7919 + 1) % records], random)).ToList();
        Times("strangers", index, [.. copies.Select(_ => VideoHash.Of(Frames(framesPerVideo, random)))], expected: 0, report);
        Times("copies", index, copies, expected: 1, report);
        Times("titled_strangers", index, [.. copies.Select(_ => VideoHash.Of(Titled(title, framesPerVideo, random)))], expected: 0, report);

        Report.Step("the peer compares each query with each known video");
        var (bags, found) = (known.Select(BagOfFrames.Of).ToList(), 0);
        var seconds = Bench.Measure.Once(() => found = copies.Take(PeerQueries).Select(BagOfFrames.Of).Sum(query => bags.Count(bag => BagOfFrames.Matches(query, bag))));
        if (found < PeerQueries) throw new InvalidOperationException("The peer misses copies.");
        report.Add("peer", "vPDQ, bag of frames, every pair");
        report.Add("peer_query_ms", 1000 * seconds / PeerQueries);
    }

    private static void Times(string name, VideoIndex index, IReadOnlyList<VideoHash> queries, int expected, Report report)
    {
        index.Find(queries[0]);
        var times = new double[queries.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var matches = index.Find(queries[i]).Matches.Count;
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (matches != expected) throw new InvalidOperationException($"{matches} matches instead of {expected} for {name}.");
        }
        report.Add($"query_ms_p50.{name}", Bench.Measure.Percentile(times, 50));
        report.Add($"query_ms_p99.{name}", Bench.Measure.Percentile(times, 99));
    }

    private static VideoFrame[] Frames(int count, Random random)
    {
        var (frames, bytes) = (new VideoFrame[count], new byte[Hash256.ByteLength]);
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            frames[i] = new(i, i, Hash256.FromBytes(bytes), 100);
        }
        return frames;
    }

    private static VideoFrame[] Titled(VideoFrame[] title, int count, Random random) => [.. title, .. Frames(count, random).AsSpan(title.Length)];

    // Each frame ten bits off.
    private static VideoHash Copy(VideoHash video, Random random)
    {
        var bytes = new byte[Hash256.ByteLength];
        return VideoHash.Of(video.Frames.Select(frame =>
        {
            frame.Pdq.CopyTo(bytes);
            for (var i = 0; i < 10; i++) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            return frame with { Pdq = Hash256.FromBytes(bytes) };
        }));
    }
}
