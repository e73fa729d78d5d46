using Egida.HashSearch;

namespace Egida.Match.Tests.Scans;

public sealed class PictureTests : IDisposable
{
    private readonly Scanned _scanned = new();

    public void Dispose() => _scanned.Dispose();

    [Fact]
    public async Task Copies_are_found_turned_shrunk_and_encoded_again_and_others_arent()
    {
        var known = Picture.Landscape(seed: 7);
        _scanned.Know(100, known);
        _scanned.Put("same.png", known.Png());
        _scanned.Put("turned.png", known.Turned().Png());
        _scanned.Put("small.png", known.Shrunk(0.5).Png());
        _scanned.Put("other.png", Picture.Landscape(seed: 8).Png());
        _scanned.Put("cut.png", known.Png()[..2000]);
        Scanned.Shell("ffmpeg -nostdin -loglevel error -i same.png -q:v 6 again.jpg; cp again.jpg no-ending; echo text > lies.jpg", _scanned.Root);

        var lines = await _scanned.Lines(decodes: true);
        foreach (var name in (string[])["same.png", "turned.png", "small.png", "again.jpg", "no-ending"])
            Assert.Equal(("near", 100), (lines[name].Status(), lines[name].Record()));
        Assert.NotEqual("original", lines["turned.png"].Turn());
        Assert.Equal(("unknown", "unknown"), (lines["other.png"].Status(), lines["lies.jpg"].Status()));
        Assert.NotNull(lines["cut.png"].Problem());
    }

    [Fact]
    public async Task A_clip_of_a_known_video_is_found()
    {
        // Six pictures in slow succession; the known video's hashes come from the pictures themselves.
        var pictures = Enumerable.Range(20, 6).Select(Picture.Landscape).ToList();
        foreach (var (i, picture) in pictures.Index()) _scanned.Put($"frames/{i}.png", picture.Png());
        Scanned.Shell("ffmpeg -nostdin -loglevel error -framerate 1 -i frames/%d.png -r 5 -c:v mpeg4 -q:v 3 clip.mp4; rm -r frames", _scanned.Root);
        _scanned.Know(new()
        {
            Number = 300,
            Class = "pl:a",
            Item = ItemKind.Video,
            Frames = [.. pictures.Select((picture, second) => new VideoFrame(second, second, picture.Pdq.Hash, picture.Pdq.Quality))],
        });

        var lines = await _scanned.Lines(decodes: true);
        Assert.Equal(("near", 300), (lines["clip.mp4"].Status(), lines["clip.mp4"].Record()));
    }
}
