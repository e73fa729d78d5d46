using System.CommandLine;
using Egida.Bench.Robust;
using Egida.HashSearch;

namespace Egida.Bench.Video;

/// <summary>
/// How many drawn clips are found again after what happens to videos, beside vPDQ's own comparison; how many unrelated ones
/// match; and what a query costs among very many known videos.
/// </summary>
internal static class VideoBench
{
    private const int ClipSeconds = 60, FramesPerVideo = 60;

    private static readonly Take[] s_takes =
    [
        new("re_encoded") { Edit = picture => picture.ReEncoded(30) },
        new("half_size") { Edit = picture => picture.Resized(128, 96) },
        new("text_laid_over") { Edit = picture => picture.WithText(0.4, 1) },
        new("darker_and_grey") { Edit = picture => picture.Saturated(0).Toned(value => 0.7f * value) },
        new("frames_half_a_second_later") { Phase = 0.5 },
        new("frame_every_two_seconds") { Step = 2 },
        new("four_frames_a_second") { Step = 0.25 },
        new("four_per_cent_faster") { Speed = 1.04, Phase = 0.3 },
        new("clip_of_12_s") { From = 21.4, Until = 33.4, Edit = picture => picture.ReEncoded(50) },
        new("clip_of_6_s") { From = 30.7, Until = 36.7, Edit = picture => picture.ReEncoded(50) },
        new("clip_of_12_s.four_frames_a_second") { From = 21.4, Until = 33.4, Step = 0.25, Edit = picture => picture.ReEncoded(50) },
        new("clip_of_6_s.four_frames_a_second") { From = 30.7, Until = 36.7, Step = 0.25, Edit = picture => picture.ReEncoded(50) },
        new("inside_a_longer_one") { Around = 60.3, Edit = picture => picture.ReEncoded(50) },
        new("piece_inside_a_longer_one") { From = 20.2, Until = 36.2, Around = 40, Edit = picture => picture.ReEncoded(50) },
        new("piece_of_8_s_inside_a_longer_one") { From = 20.2, Until = 28.2, Around = 40, Edit = picture => picture.ReEncoded(50) },
    ];

    public static Command Command()
    {
        var records = new Option<int>("--records") { Description = $"Known videos of {FramesPerVideo} random frames for the cost of a query.", DefaultValueFactory = _ => 100_000 };
        var clips = new Option<int>("--clips") { Description = "Drawn clips for the recall.", DefaultValueFactory = _ => 30 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures here, too." };
        var command = new Command("video", "Recall of clips in videos and videos with clips, and the cost of a query.") { records, clips, json };
        command.SetAction(parse => Run(parse.GetValue(records), parse.GetValue(clips), parse.GetValue(json)));
        return command;
    }

    private static void Run(int records, int clips, FileInfo? json)
    {
        var report = new Report("video");
        Recall(clips, report);
        VideoCost.Measure(records, FramesPerVideo, report);
        report.Save(json);
    }

    private static void Recall(int count, Report report)
    {
        Report.Step($"drawing {count} known clips of {ClipSeconds} s and as many others, and {s_takes.Length} copies of each");
        var plain = new Take("plain");
        var (clips, others) = (Draw(0, count), Draw(1_000_000, count));
        var known = clips.Select(clip => plain.Of(clip, clip)).ToList();
        var bags = known.Select(BagOfFrames.Of).ToList();
        using var index = VideoIndex.Build(known);
        report.Add("clips", count);
        report.Add("frames_a_clip", known.Average(video => video.Count));

        foreach (var take in s_takes)
        {
            var (found, placed, byPeer) = (0, 0, 0);
            for (var i = 0; i < count; i++)
            {
                var query = take.Of(clips[i], others[i]);
                if (BagOfFrames.Matches(BagOfFrames.Of(query), bags[i])) byPeer++;
                foreach (var match in index.Find(query).Matches)
                {
                    if (match.Id != i) continue;
                    found++;
                    if (match.Comparison.Run is { } run && Math.Abs(run.KnownFrom - take.From - (run.QueryFrom - take.Around) * take.Speed) < 3) placed++;
                }
            }
            report.Add($"recall.{take.Name}", (double)found / count);
            report.Add($"recall.{take.Name}.placed", (double)placed / count);
            report.Add($"recall.{take.Name}.vpdq", (double)byPeer / count);
        }

        var strangers = others.Select(clip => plain.Of(clip, clip)).ToList();
        report.Add("false_matches", strangers.Sum(query => index.Find(query).Matches.Count));
        report.Add("false_matches_vpdq", strangers.Select(BagOfFrames.Of).Sum(query => bags.Count(bag => BagOfFrames.Matches(query, bag))));
        report.Add("false_matches_of_pairs", (long)count * count);
        report.Add("longest_run_of_unrelated", strangers.SelectMany(query => known.Select(video => query.CompareWith(video).Run?.Frames ?? 0)).Max());
    }

    private static List<Clip> Draw(int from, int count) => [.. Enumerable.Range(from, count).Select(seed => new Clip(seed, ClipSeconds))];
}
