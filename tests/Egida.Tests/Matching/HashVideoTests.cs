using Egida.HashSearch;
using Egida.Matching;
using Egida.Tests.Platform.Sandboxing;

namespace Egida.Tests.Matching;

public sealed class HashVideoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("egida-hash-video").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    private static async Task<(int Code, string Output, string Errors)> Run(bool csv, bool vpdq, params string[] files)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await HashVideo.Run(files, csv, vpdq, output, errors, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }

    [Fact]
    public async Task A_line_per_frame_names_the_file_without_its_folder()
    {
        var (code, output, errors) = await Run(true, false, File("a,b.mp4", HostileFiles.Moving("mp4")), File("c.webm", HostileFiles.Moving("webm")));

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "", "file,frame,timestamp,pdq,quality"), (code, errors, lines[0].Trim()));
        Assert.StartsWith("\"a,b.mp4\",0,0.000,", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("c.webm,0,0.000,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_vpdq_text_can_be_read_back()
    {
        var (code, output, _) = await Run(false, true, File("a.mp4", HostileFiles.Moving("mp4")));

        var read = VpdqText.Read(new StringReader(output));
        Assert.Equal((0, 0L), (code, read.BadLines));
        Assert.InRange(read.Frames.Count, 2, 8);
    }

    [Fact]
    public async Task A_file_that_gives_no_frames_is_named_with_the_reason_and_the_others_are_hashed()
    {
        var (code, output, errors) = await Run(true, false, File("a.png", HostileFiles.Landscape()), File("b.mp4", HostileFiles.Moving("mp4")), Path.Combine(_folder, "absent.mp4"));

        Assert.Equal(1, code);
        Assert.Contains("a.png: a picture; ./egida hash pdq hashes it", errors, StringComparison.Ordinal);
        Assert.Contains("absent.mp4", errors, StringComparison.Ordinal);
        Assert.Contains("b.mp4,0,0.000,", output, StringComparison.Ordinal);
    }
}
