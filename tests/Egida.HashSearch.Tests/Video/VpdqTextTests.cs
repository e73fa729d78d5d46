using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Video;

public class VpdqTextTests
{
    private const string Hash = "e42926b9cb58d261383b699f0ff2e1076fe6183dff4986d82ca36da48034fc54";

    private static VpdqFrames Read(string text) => VpdqText.Read(new StringReader(text));

    [Fact]
    public void What_is_written_is_read_back_to_the_millisecond() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            (from hash in Some.Hash
             from number in Gen.Choose(0, int.MaxValue - 1)
             from milliseconds in Gen.Choose(0, int.MaxValue - 1)
             from quality in Gen.Choose(0, 100)
             select new VideoFrame(number, milliseconds / 1000.0, hash, quality)).ListOf().ToArbitrary(),
            frames =>
            {
                var text = new StringWriter();
                VpdqText.Write(text, frames);

                var read = Read(text.ToString());

                return read.BadLines == 0 && read.Frames.Zip(frames).All(pair => pair.First == pair.Second) && read.Frames.Count == frames.Count;
            }));

    [Fact]
    public void Lines_as_the_reference_writes_them_are_read()
    {
        // The first is how older versions of the reference print times, the second how newer ones do.
        var read = Read($"12,100,{Hash},0.391\n75,97,{Hash},2.500\n92,100,{Hash},3\n");

        Assert.Equal([new(12, 0.391, Hash256.Parse(Hash), 100), new(75, 2.5, Hash256.Parse(Hash), 97), new(92, 3, Hash256.Parse(Hash), 100)], read.Frames);
    }

    [Fact]
    public void A_line_is_written_as_the_reference_writes_it()
    {
        var text = new StringWriter();

        VpdqText.Write(text, [new(30, 1.0123456, Hash256.Parse(Hash), 88)]);

        Assert.Equal($"30,88,{Hash},1.012\n", text.ToString());
    }

    [Fact]
    public void A_byte_order_mark_other_line_ends_empty_lines_and_further_fields_are_taken()
    {
        var read = Read($"\uFEFF0,100,{Hash},0\r\n\r\n25,100,{Hash.ToUpperInvariant()},1.0,more\r\n  \n50,100,{Hash},2");

        Assert.Equal([0.0, 1, 2], read.Frames.Select(frame => frame.Seconds));
        Assert.Equal(0, read.BadLines);
    }

    [Theory]
    [InlineData("1,100," + Hash, "fewer than four fields")]
    [InlineData("-1,100," + Hash + ",0", "frame number")]
    [InlineData("x,100," + Hash + ",0", "frame number")]
    [InlineData("1,101," + Hash + ",0", "quality")]
    [InlineData("1,-3," + Hash + ",0", "quality")]
    [InlineData("1,100,e42926b9,0", "64 hexadecimal digits")]
    [InlineData("1,100,g42926b9cb58d261383b699f0ff2e1076fe6183dff4986d82ca36da48034fc54,0", "64 hexadecimal digits")]
    [InlineData("1,100," + Hash + ",-1", "seconds")]
    [InlineData("1,100," + Hash + ",NaN", "seconds")]
    [InlineData("1,100," + Hash + ",1e999", "seconds")]
    public void A_bad_line_is_reported_with_its_number_and_reason_and_the_rest_is_read(string line, string reason)
    {
        var read = Read($"0,100,{Hash},0\n\n{line}\n2,100,{Hash},2\n");

        Assert.Equal(2, read.Frames.Count);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Hash, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_passed_over_without_being_kept()
    {
        using var text = new StreamReader(new Endless(50_000_000));

        var read = VpdqText.Read(text);

        Assert.Equal((1L, 0), (read.BadLines, read.Frames.Count));
        Assert.Contains("longer than", read.Problems[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_bad_lines_all_are_counted_and_the_first_hundred_named()
    {
        var read = Read(string.Concat(Enumerable.Repeat("?\n", 1000)));

        Assert.Equal((1000L, 100), (read.BadLines, read.Problems.Count));
    }

    [Fact]
    public void More_frames_than_a_video_may_have_are_refused()
    {
        var e = Assert.Throws<InvalidDataException>(() => VpdqText.Read(new StringReader($"0,100,{Hash},0\n1,100,{Hash},1\n2,100,{Hash},2\n"), mostFrames: 2));

        Assert.Contains("Line 3", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Zeroes up to a length, none of them in memory.</summary>
    private sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, given).Fill((byte)'0');
            Position += given;
            return given;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
