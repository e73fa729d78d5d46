using Egida.HashSearch;
using Egida.Match.Tool.Archives;
using Egida.Match.Tool.Lookups;
using Egida.Platform.Sandboxing;

namespace Egida.Match.Tool.Scanning;

/// <summary>Looks one file up: by its digests first; if they aren't known, and it is a picture or video, by what the sandbox sees in it.</summary>
/// <param name="lookups">Where it is looked up.</param>
/// <param name="radius">For pictures.</param>
/// <param name="decodes">Whether pictures and videos are decoded at all.</param>
/// <param name="clock">Measures the sandbox's deadlines.</param>
internal sealed class Judge(ILookups lookups, int radius, bool decodes, TimeProvider clock)
{
    /// <summary>PDQ hashes of less quality say nothing: flat pictures all look alike.</summary>
    private const int SmallestQuality = 50;

    private readonly MediaSandbox _sandbox = new(clock);
    private readonly FrameSampling _frames = new(SandboxLimits.Default, FrameLimits.Default, clock);
    private readonly bool _looksAtPictures = decodes && lookups.Kinds.HasFlag(ListKinds.Pdq);
    private readonly bool _looksAtVideos = decodes && lookups.Kinds.HasFlag(ListKinds.Frames);

    /// <summary>How many bytes of a file are needed to look at it.</summary>
    public long Wanted(MediaFormat format, ArchiveForm archive) => Sees(format) ? SandboxLimits.Default.ContentBytes : 0;

    /// <summary>Returns if this machine can look at pictures as far as it has to.</summary>
    /// <exception cref="SandboxUnavailableException">It can't.</exception>
    public async Task RequireSandbox(CancellationToken cancel)
    {
        if (_looksAtPictures) await _sandbox.Prove(cancel);
        if (_looksAtVideos) VideoInput.Confine(VideoInput.Ffmpeg, SandboxLimits.Default);
    }

    /// <exception cref="SandboxUnavailableException">This machine can't confine a decoder.</exception>
    public async Task<FileReport> Of(string path, Content content, CancellationToken cancel)
    {
        var known = await lookups.FindDigests(content, cancel);
        var report = new FileReport { Path = path, Content = content with { Bytes = null }, Matches = known };
        if (known.Count > 0 || !Sees(content.Format)) return report;
        if (content.Bytes is not { } bytes) return report with { Problem = Problem.TooLarge };
        return content.IsPicture ? await Picture(report, bytes, cancel) : await Video(report, bytes, cancel);
    }

    private bool Sees(MediaFormat format) => format switch
    {
        >= MediaFormat.Jpeg and <= MediaFormat.Heic => _looksAtPictures,
        >= MediaFormat.Mp4 and <= MediaFormat.Ogg => _looksAtVideos,
        _ => false,
    };

    private async Task<FileReport> Picture(FileReport report, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var inspection = await _sandbox.Inspect(bytes, cancel);
        if (inspection is not Inspection.Decoded decoded) return report with { Problem = new(inspection.Mark ?? "undecodable") };
        report = report with { Pdq = decoded.Pdq, Problem = decoded.Mark is { } mark ? new(mark) : null };
        return decoded.Pdq.Quality < SmallestQuality ? report : report with { Matches = await lookups.FindNear(decoded.TurnedPdq, decoded.Pdq.Quality, radius, cancel) };
    }

    private async Task<FileReport> Video(FileReport report, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var sampled = await _frames.Sample(bytes, report.Content!.Format, cancel);
        if (sampled.Frames.Count == 0) return report with { Problem = sampled.End == FramesEnd.Deadline ? new("timed-out") : Problem.NoFrames };
        var video = VideoHash.Of(FrameChoice.Of(sampled.Frames));
        return report with
        {
            Frames = video.Count,
            Matches = video.Count == 0 ? [] : lookups.FindVideo(video),
            Problem = sampled.End == FramesEnd.Whole ? null : new($"cut-short:{sampled.End.ToString().ToLowerInvariant()}"),
        };
    }
}
