using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Tests.Platform.Sandboxing;

public class MediaSandboxTests
{
    private static readonly Hash256 s_landscape = Hash256.Parse("82dd6420d1c2d2dd26378d0ede0862d721b68de05ec37b17a12c34c85ef3db3f");

    private static Task<Inspection> Inspect(byte[] content) => new MediaSandbox(TimeProvider.System).Inspect(content, CancellationToken.None);

    private static async Task<Inspection.Decoded> Decoded(byte[] content) => Assert.IsType<Inspection.Decoded>(await Inspect(content));

    [Fact]
    public async Task A_picture_comes_out_as_hashes_and_small_pixels()
    {
        var picture = await Decoded(HostileFiles.Landscape());

        Assert.Equal((MediaKind.Image, MediaFormat.Png, 512, 512, 1), (picture.Kind, picture.Format, picture.Width, picture.Height, picture.Frames));
        Assert.Equal(new PdqResult(s_landscape, 100), picture.Pdq);
        Assert.Equal(Enum.GetValues<Dihedral>().Length, picture.TurnedPdq.Distinct().Count());
        Assert.Equal(160 * 160, picture.Record.Thumbnail.Length);
        Assert.Equal((512, 512, 512 * 512 * 3), (picture.Record.PreviewWidth, picture.Record.PreviewHeight, picture.Record.Preview.Length));
        Assert.Null(picture.Mark);
    }

    [Fact]
    public async Task The_preview_of_a_large_picture_keeps_its_shape_within_1024_pixels()
    {
        var picture = await Decoded(HostileFiles.Png(3000, 1500));

        Assert.Equal((3000, 1500), (picture.Width, picture.Height));
        Assert.Equal((1024, 512), (picture.Record.PreviewWidth, picture.Record.PreviewHeight));
        // Black above, white below, and the thumbnail's own edges black: 160 × 80 in the middle of 160 × 160.
        var thumbnail = picture.Record.Thumbnail.Span;
        Assert.Equal(0, thumbnail[39 * 160 + 80]);
        Assert.InRange(thumbnail[118 * 160 + 80], 245, 255);
        Assert.Equal(0, thumbnail[121 * 160 + 80]);
        Assert.InRange(picture.Record.Preview.Span[^1], 250, 255);
    }

    [Theory]
    [InlineData("jpg", "")]
    [InlineData("tiff", "-pix_fmt rgb24")]
    [InlineData("webp", "-quality 95")]
    [InlineData("avif", "-c:v libaom-av1 -still-picture 1 -crf 10")]
    [InlineData("png", "-pix_fmt rgb48be")]
    [InlineData("png", "-pix_fmt rgba")]
    [InlineData("png", "-pix_fmt gray16be")]
    public async Task Every_usual_format_decodes_to_nearly_the_same_hash(string extension, string encoding)
    {
        var source = Path.Combine(HostileFiles.GoldenFolder(), "000-landscape-512x512.png");

        var picture = await Decoded(HostileFiles.Converted($"-i {source} {encoding}", extension));

        Assert.Equal(MediaKind.Image, picture.Kind);
        Assert.InRange(picture.Pdq.Hash.Distance(s_landscape), 0, 20);
    }

    [Theory]
    [InlineData("gif", (int)MediaFormat.Gif)]
    [InlineData("webp", (int)MediaFormat.WebP)]
    public async Task Of_an_animation_the_first_frame_is_hashed_and_the_frames_are_counted(string extension, int format)
    {
        var animation = await Decoded(HostileFiles.Moving(extension));

        Assert.Equal((MediaKind.Animation, (MediaFormat)format, 20), (animation.Kind, animation.Format, animation.Frames));
        Assert.InRange(animation.Pdq.Quality, 50, 100);
    }

    [Theory]
    [InlineData("mp4", (int)MediaFormat.Mp4)]
    [InlineData("webm", (int)MediaFormat.Matroska)]
    [InlineData("avi", (int)MediaFormat.Avi)]
    [InlineData("ts", (int)MediaFormat.MpegTransport)]
    public async Task Of_a_video_the_first_frame_is_hashed_and_the_length_is_told(string extension, int format)
    {
        var still = await Decoded(HostileFiles.Converted("-f lavfi -i testsrc=size=320x240:rate=10 -frames:v 1", "png"));

        var video = await Decoded(HostileFiles.Moving(extension));

        Assert.Equal((MediaKind.Video, (MediaFormat)format, 320, 240), (video.Kind, video.Format, video.Width, video.Height));
        Assert.InRange(video.Pdq.Hash.Distance(still.Pdq.Hash), 0, 31);
        Assert.InRange(video.Duration!.Value.TotalSeconds, 1.5, 2.5);
    }

    [Fact]
    public async Task A_picture_of_fifty_megapixels_is_decoded_within_the_limits()
    {
        var picture = await Decoded(HostileFiles.Png(8000, 6250));

        Assert.Equal((8000, 6250), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(9000, 9000)]
    [InlineData(70_000, 2)]
    public async Task A_larger_picture_is_marked_and_not_decoded(int width, int height) =>
        Assert.Equal("too-large:pixels", (await Inspect(HostileFiles.Png(width, height))).Mark);

    [Fact]
    public async Task More_bytes_than_allowed_are_not_even_read_to_the_end()
    {
        var sandbox = new MediaSandbox(new SandboxLimits { ContentBytes = 100_000 }, TimeProvider.System);
        using var endless = new EndlessStream();

        Assert.Equal("too-large:bytes", (await sandbox.Inspect(endless, CancellationToken.None)).Mark);
        Assert.InRange(endless.Given, 100_000, 300_000);
    }

    [Fact]
    public async Task A_file_that_ends_early_is_decoded_as_far_as_it_goes()
    {
        foreach (var whole in new[] { HostileFiles.Landscape(), HostileFiles.Jpeg(), HostileFiles.Moving("gif") })
            Assert.Equal("incomplete", (await Decoded(whole[..(whole.Length / 2)])).Mark);
    }

    [Fact]
    public async Task A_picture_with_another_file_behind_it_is_marked()
    {
        foreach (var whole in new[] { HostileFiles.Landscape(), HostileFiles.Jpeg(), HostileFiles.Moving("gif"), HostileFiles.Moving("webp") })
            Assert.Equal("trailing-data", (await Decoded([.. whole, .. HostileFiles.Ascii("PK\u0003\u0004 an archive")])).Mark);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>", "unsupported:svg")]
    [InlineData("%PDF-1.7\n1 0 obj", "unsupported:pdf")]
    [InlineData("<!DOCTYPE html><html><script>alert(1)</script>", "unsupported:html")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n", "unsupported:unknown")]
    [InlineData("PK\u0003\u0004", "unsupported:zip")]
    [InlineData("x", "unsupported:unknown")]
    [InlineData("", "empty")]
    public async Task What_is_no_picture_or_video_is_named_and_left_alone(string content, string mark) =>
        Assert.Equal(mark, (await Inspect(HostileFiles.Ascii(content))).Mark);

    [Theory]
    [InlineData(0xFF, 0xD8, 0xFF)]
    [InlineData(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A)]
    [InlineData(0x47, 0x49, 0x46, 0x38, 0x39, 0x61)]
    [InlineData(0x49, 0x49, 0x2A, 0x00)]
    [InlineData(0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6F, 0x6D)]
    [InlineData(0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66)]
    public async Task Noise_behind_a_true_signature_is_undecodable(params int[] signature)
    {
        var noise = new byte[4000];
        new Random(1).NextBytes(noise);

        Assert.IsType<Inspection.Undecodable>(await Inspect([.. signature.Select(value => (byte)value), .. noise]));
    }

    [Fact]
    public async Task Where_nothing_can_be_confined_nothing_is_decoded_and_the_operator_is_told_what_is_missing()
    {
        var starved = new MediaSandbox(new SandboxLimits { AddressSpaceBytes = 1 << 20 }, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<SandboxUnavailableException>(() => starved.Inspect(HostileFiles.Landscape(), CancellationToken.None));

        Assert.Contains("bubblewrap, util-linux, libvips42 and ffmpeg", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_the_deadline_it_is_stopped()
    {
        var hurried = new MediaSandbox(new SandboxLimits { Deadline = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);

        Assert.Equal("timed-out", (await hurried.Inspect(HostileFiles.Landscape(), CancellationToken.None)).Mark);
    }

    [Fact]
    public async Task Cancelled_it_stops()
    {
        // From a thread of its own: the pool may be busy with other tests for longer than the decoding takes.
        using var cancel = new CancellationTokenSource();
        new Thread(() =>
        {
            Thread.Sleep(20);
            cancel.Cancel();
        }).Start();
        var sandbox = new MediaSandbox(TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Inspect(HostileFiles.Png(8000, 6250), cancel.Token));
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
