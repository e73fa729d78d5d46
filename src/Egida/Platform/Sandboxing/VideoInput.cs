using System.Globalization;

namespace Egida.Platform.Sandboxing;

/// <summary>How ffmpeg and ffprobe are confined and told what to read.</summary>
internal static class VideoInput
{
    public const string Ffmpeg = "/usr/bin/ffmpeg";
    public const string Ffprobe = "/usr/bin/ffprobe";

    /// <exception cref="SandboxUnavailableException">The program isn't there.</exception>
    public static Confinement Confine(string program, SandboxLimits limits) =>
        File.Exists(program)
            ? Confinement.Of(limits) with { Visible = [(program, program)] }
            : throw new SandboxUnavailableException($"{program} is missing");

    // The container is named, so that ffmpeg doesn't guess a playlist, whose entries it would open.
    public static string[] Of(MediaFormat format, SandboxLimits limits) =>
    [
        "-protocol_whitelist", "file,pipe", "-max_pixels", limits.Pixels.ToString(CultureInfo.InvariantCulture), "-f", format switch
        {
            MediaFormat.Mp4 => "mov",
            MediaFormat.Matroska => "matroska",
            MediaFormat.Avi => "avi",
            MediaFormat.FlashVideo => "flv",
            MediaFormat.MpegProgram => "mpeg",
            MediaFormat.MpegTransport => "mpegts",
            MediaFormat.WindowsMedia => "asf",
            MediaFormat.Ogg => "ogg",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a video"),
        },
    ];
}
