using System.CommandLine;
using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Matching;

/// <summary>An operator hashes videos to compare them with somebody else's values: a line per frame that says something, about one
/// a second and one for each change of scene, blank frames and repetitions dropped.</summary>
internal static class HashVideo
{
    public static Command Command()
    {
        var csv = new Option<bool>("--csv") { Description = "Print file,frame,timestamp,pdq,quality with a heading." };
        var vpdq = new Option<bool>("--vpdq") { Description = "Print the frames of one video as vPDQ does: frame,quality,pdq,timestamp." };
        var files = new Argument<string[]>("FILE") { Description = "Videos.", Arity = ArgumentArity.OneOrMore };
        var video = new Command("video", "PDQ hashes of the frames of videos, with their times.") { csv, vpdq, files };
        video.Validators.Add(parse =>
        {
            if (parse.GetValue(vpdq) && (parse.GetValue(csv) || parse.GetValue(files) is not [_]))
                parse.AddError("--vpdq is for one video and without --csv: the text has no place for a file's name.");
        });
        video.SetAction((parse, cancel) => Run(parse.GetValue(files)!, parse.GetValue(csv), parse.GetValue(vpdq), Console.Out, Console.Error, cancel));
        return video;
    }

    /// <returns>0 if frames could be taken out of every file, else 1.</returns>
    public static async Task<int> Run(IReadOnlyList<string> files, bool csv, bool vpdq, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var (sandbox, failed) = (new MediaSandbox(TimeProvider.System), false);
        try
        {
            if (csv) await output.WriteLineAsync("file,frame,timestamp,pdq,quality");
            foreach (var file in files)
            {
                var (taking, problem) = await Take(sandbox, file, cancel);
                if (taking is FrameTaking.Taken taken)
                {
                    Write(Path.GetFileName(file), VideoHash.Of(taken.Frames).Frames, csv, vpdq, output);
                    // The values stand, but they are those of a part.
                    if (taken.CutShort is { } cut) await errors.WriteLineAsync($"{file}: {cut}");
                    continue;
                }
                failed = true;
                await errors.WriteLineAsync($"{file}: {problem ?? Reason(taking!)}");
            }
        }
        catch (SandboxUnavailableException e)
        {
            failed = true;
            await errors.WriteLineAsync(e.Message);
        }
        return failed ? 1 : 0;
    }

    private static async Task<(FrameTaking? Taking, string? Problem)> Take(MediaSandbox sandbox, string file, CancellationToken cancel)
    {
        try
        {
            await using var content = File.OpenRead(file);
            return (await sandbox.TakeFrames(content, cancel), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private static string Reason(FrameTaking taking) => taking switch
    {
        FrameTaking.Refused refused => refused.Inspection.Reason,
        FrameTaking.NoVideo { Inspection: Inspection.Decoded } => "a picture; ./egida hash pdq hashes it",
        FrameTaking.NoVideo other => other.Inspection.Reason,
        _ => throw new ArgumentOutOfRangeException(nameof(taking)),
    };

    private static void Write(string name, IReadOnlyList<VideoFrame> frames, bool csv, bool vpdq, TextWriter output)
    {
        if (vpdq)
        {
            VpdqText.Write(output, frames);
            return;
        }
        foreach (var frame in frames)
        {
            output.WriteLine(csv
                ? FormattableString.Invariant($"{HashPdq.Cell(name)},{frame.Number},{frame.Seconds:F3},{frame.Pdq},{frame.Quality}")
                : FormattableString.Invariant($"{frame.Pdq}  {frame.Quality,3}  {frame.Seconds,10:F3} s  {name}"));
        }
    }
}
