using System.Globalization;
using Egida.HashSearch;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// Takes frames with their times out of a video with ffmpeg, under the same confinement as everything that is decoded. Out come
/// squares of raw pixels of one size, and beside them lines of numbers: nothing that would have to be decoded again.
/// </summary>
internal sealed class FrameSampling(SandboxLimits limits, FrameLimits frameLimits, TimeProvider clock)
{
    public async Task<SampledFrames> Sample(ReadOnlyMemory<byte> video, MediaFormat format, CancellationToken cancel)
    {
        var (hashes, times) = (new List<PdqResult>(), new FrameTimes(frameLimits.MostFrames));
        var confinement = VideoInput.Confine(VideoInput.Ffmpeg, limits with { Processor = frameLimits.Processor, Deadline = frameLimits.Deadline });
        var end = await ConfinedProcess.Run(confinement, video, path => Command(path, format), stream => Hash(stream, hashes), times.Read, clock, cancel);

        var frames = new List<VideoFrame>();
        foreach (var (hash, time) in hashes.Zip(times.Times)) frames.Add(new(time.Number, time.Seconds, hash.Hash, hash.Quality));
        return new(frames, end switch
        {
            { Stopped: true } => FramesEnd.MostFrames,
            { TimedOut: true } => FramesEnd.Deadline,
            { ExitCode: 128 + 24 or 128 + 9 } => FramesEnd.Processor,
            { ExitCode: 0 } => FramesEnd.Whole,
            _ => FramesEnd.Damaged,
        });
    }

    private IReadOnlyList<string> Command(string path, MediaFormat format) =>
    [
        VideoInput.Ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "quiet",
        .. VideoInput.Of(format, limits), "-noautorotate", "-threads", "1", "-filter_complex_threads", "1", "-i", path,
        "-filter_complex", Filter(),
        .. Output("[pixels]"), "-f", "rawvideo", "pipe:1",
        .. Output("[times]"), "-f", "framecrc", "pipe:2",
    ];

    private static string[] Output(string stream) => ["-map", stream, "-fps_mode", "passthrough", "-enc_time_base", "1/1000", "-c:v", "rawvideo", "-threads", "1"];

    // A frame's time stamp becomes its number in the video and its time in milliseconds at once, as FrameTimes reads it: the number
    // would be lost in the selection. Then of each step of that time the first frame is taken.
    private string Filter()
    {
        var time = $"if(isnan(T)\\,N*40\\,clip(T*1000\\,0\\,{FrameTimes.Modulus - 1}))";
        return string.Create(CultureInfo.InvariantCulture,
            $"[0:V:0]settb=1/1000,setpts=N*{FrameTimes.Modulus}+{time},select=isnan(prev_selected_pts)+gt({StepOf("pts")}\\,{StepOf("prev_selected_pts")}),"
            + $"scale={frameLimits.Side}:{frameLimits.Side}:flags=area,format=rgb24,split[pixels][times]");
    }

    private string StepOf(string stamp) =>
        string.Create(CultureInfo.InvariantCulture, $"floor(mod({stamp}\\,{FrameTimes.Modulus})/{frameLimits.Step.TotalMilliseconds:0})");

    private bool Hash(Stream stream, List<PdqResult> hashes)
    {
        var (side, stride) = (frameLimits.Side, frameLimits.Side * 3);
        var frame = new byte[side * stride];
        while (stream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            if (hashes.Count == frameLimits.MostFrames) return false;
            hashes.Add(PdqHasher.HashRgb(frame, side, side, stride));
        }
        return true;
    }
}
