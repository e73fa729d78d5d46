using Egida.HashSearch;
using Egida.Platform.Sandboxing;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Platform.Sandboxing;

public class InspectionRecordTests
{
    private static InspectionRecord Honest() => new()
    {
        Status = InspectionStatus.Decoded,
        Kind = MediaKind.Animation,
        Format = MediaFormat.Gif,
        Marks = ContentMarks.Incomplete,
        Width = 300,
        Height = 200,
        Frames = 7,
        Orientation = 6,
        Quality = 99,
        Pdq = [.. Enumerable.Range(1, 8).Select(value => Hash256.FromBytes([.. Enumerable.Repeat((byte)value, 32)]))],
        Thumbnail = Enumerable.Repeat((byte)5, 160 * 160).ToArray(),
        PreviewWidth = 300,
        PreviewHeight = 200,
        Preview = Enumerable.Repeat((byte)9, 300 * 200 * 3).ToArray(),
    };

    [Fact]
    public void What_is_written_is_read()
    {
        var honest = Honest();

        Assert.True(InspectionRecord.TryRead(honest.ToBytes(), out var read));

        Assert.Equal(
            (honest.Status, honest.Kind, honest.Format, honest.Marks, honest.Width, honest.Height, honest.Frames, honest.Orientation, honest.Quality),
            (read.Status, read.Kind, read.Format, read.Marks, read.Width, read.Height, read.Frames, read.Orientation, read.Quality));
        Assert.Equal(honest.Pdq, read.Pdq);
        Assert.Equal(honest.Thumbnail.ToArray(), read.Thumbnail.ToArray());
        Assert.Equal((300, 200), (read.PreviewWidth, read.PreviewHeight));
        Assert.Equal(honest.Preview.ToArray(), read.Preview.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(InspectionRecord.ByteLength - 1)]
    [InlineData(InspectionRecord.ByteLength + 1)]
    public void Another_length_is_no_answer(int length)
    {
        var bytes = Honest().ToBytes();
        Array.Resize(ref bytes, length);

        Assert.False(InspectionRecord.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(0, 0)] // the magic number
    [InlineData(4, 0)] // no such status
    [InlineData(4, 99)]
    [InlineData(5, 0)] // decoded, but nothing
    [InlineData(5, 99)]
    [InlineData(6, 99)]
    [InlineData(7, 128)]
    [InlineData(8, 0)] // orientations are 1 to 8
    [InlineData(8, 9)]
    [InlineData(9, 101)]
    [InlineData(15, 0x80)] // negative width
    [InlineData(19, 0x80)]
    [InlineData(23, 0x80)]
    [InlineData(27, 0x80)]
    [InlineData(31, 0x80)]
    [InlineData(26, 1)] // a preview wider than its canvas
    public void An_implausible_answer_is_no_answer(int at, byte value)
    {
        var bytes = Honest().ToBytes();
        bytes[at] = value;

        Assert.False(InspectionRecord.TryRead(bytes, out _));
    }

    [Fact]
    public void Whatever_the_header_says_reading_does_not_fail() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 255).ArrayOf(60).ToArbitrary(), values =>
        {
            var bytes = Honest().ToBytes();
            for (var i = 0; i < values.Length; i++) bytes[4 + i] = (byte)values[i];
            return !InspectionRecord.TryRead(bytes, out var read)
                || read.Preview.Length == read.PreviewWidth * read.PreviewHeight * 3;
        }));
}
