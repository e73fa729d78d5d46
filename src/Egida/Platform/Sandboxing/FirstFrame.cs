using System.Globalization;
using System.Text;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// Takes the first frame out of a video with ffmpeg, under the same confinement. The frame is as hostile as the video and is
/// inspected like any other picture.
/// </summary>
internal sealed class FirstFrame(SandboxLimits limits, TimeProvider clock)
{
    private const int MostDurationText = 64;

    internal readonly record struct Frame(ReadOnlyMemory<byte> Png, bool TimedOut);

    /// <returns>The frame as a PNG; empty if there is none.</returns>
    public async Task<Frame> Extract(ReadOnlyMemory<byte> video, MediaFormat format, CancellationToken cancel)
    {
        var run = await Run(VideoInput.Ffmpeg, video, path =>
        [
            VideoInput.Ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "fatal",
            .. VideoInput.Of(format, limits), "-noautorotate", "-threads", "1", "-i", path,
            "-map", "0:v:0", "-frames:v", "1", "-threads", "1", "-f", "image2pipe", "-c:v", "png", "-compression_level", "1", "-pix_fmt", "rgb24", "pipe:1",
        ], (int)limits.ContentBytes, cancel);
        return new(run is { ExitCode: 0, TooMuchOutput: false } ? run.Output : default, run.TimedOut);
    }

    /// <returns>How long the video says that it is; null if it doesn't or not credibly.</returns>
    public async Task<TimeSpan?> Duration(ReadOnlyMemory<byte> video, MediaFormat format, CancellationToken cancel)
    {
        var run = await Run(VideoInput.Ffprobe, video, path =>
            [VideoInput.Ffprobe, "-hide_banner", "-loglevel", "fatal", .. VideoInput.Of(format, limits), "-show_entries", "format=duration", "-of", "default=nw=1:nk=1", path],
            MostDurationText, cancel);
        var text = Encoding.Latin1.GetString(run.Output.Span);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 10_000_000
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private async Task<ConfinedRun> Run(
        string program, ReadOnlyMemory<byte> video, Func<string, IReadOnlyList<string>> command, int mostOutput, CancellationToken cancel) =>
        await ConfinedProcess.Run(VideoInput.Confine(program, limits), video, command, mostOutput, clock, cancel);
}
