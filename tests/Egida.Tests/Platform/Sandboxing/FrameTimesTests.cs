using System.Text;
using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Tests.Platform.Sandboxing;

public class FrameTimesTests
{
    private static FrameTimes Read(string lines, int most = 100)
    {
        var times = new FrameTimes(most);
        times.Read(new MemoryStream(Encoding.Latin1.GetBytes(lines)));
        return times;
    }

    [Fact]
    public void The_stamp_holds_the_number_and_the_time() =>
        Assert.Equal([(0, 0.0), (8, 0.267), (40, 1.333)], Read(
            "#software: Lavf59.27.100\n#tb 0: 1/1000\n#dimensions 0: 384x384\n0,          0,          0,       33,   442368, 0xe6936b0c\n"
            + "0, 8000000267, 8000000267,       33,   442368, 0x5c408693\n0, 40000001333, 40000001333,       33,   442368, 0x9a319d61\n").Times);

    [Theory]
    [InlineData("0, 1, x, 33, 1, 0x0\n")]
    [InlineData("0, 1, -1, 33, 1, 0x0\n")]
    [InlineData("0, 1\n")]
    [InlineData("\n")]
    [InlineData("0, 1, 99999999999999999999999999, 33, 1, 0x0\n")]
    [InlineData("0, 1, 9223372036854775807, 33, 1, 0x0\n")]
    public void After_a_malformed_line_nothing_more_is_taken(string line) =>
        Assert.Equal([(0, 0.0)], Read("0, 0, 0, 33, 1, 0x0\n" + line + "0, 2000000500, 2000000500, 33, 1, 0x0\n").Times);

    [Fact]
    public void A_line_without_end_is_read_and_not_kept()
    {
        Assert.Empty(Read(new string('0', 1_000_000)).Times);
        Assert.Empty(Read(new string('0', 1_000_000) + "\n0, 0, 0, 33, 1, 0x0\n").Times);
    }

    [Fact]
    public void No_more_times_are_kept_than_frames_are_taken() =>
        Assert.Equal(3, Read(string.Concat(Enumerable.Repeat("0, 0, 0, 33, 1, 0x0\n", 10)), most: 3).Times.Count);
}

public class FrameChoiceTests
{
    private static VideoFrame Frame(double seconds, int bits)
    {
        var bytes = new byte[Hash256.ByteLength];
        for (var bit = 0; bit < bits; bit++) bytes[bit / 8] |= (byte)(1 << bit % 8);
        return new((int)(seconds * 4), seconds, Hash256.FromBytes(bytes), 100);
    }

    [Fact]
    public void One_frame_a_second_is_chosen() =>
        Assert.Equal([0.0, 1, 2], FrameChoice.Of([.. Enumerable.Range(0, 10).Select(i => Frame(i * 0.25, 0))]).Select(frame => frame.Seconds));

    [Fact]
    public void A_change_of_scene_is_chosen_at_once() =>
        Assert.Equal([0.0, 0.5, 1.5], FrameChoice.Of([Frame(0, 0), Frame(0.25, 31), Frame(0.5, 32), Frame(0.75, 40), Frame(1.5, 40)]).Select(frame => frame.Seconds));

    [Theory]
    [InlineData(null, (int)FramesEnd.Whole)]
    [InlineData(12.9, (int)FramesEnd.Whole)]
    [InlineData(13.1, (int)FramesEnd.Damaged)]
    public void A_video_that_says_it_is_longer_than_its_frames_last_is_damaged(double? seconds, int end) =>
        Assert.Equal((FramesEnd)end, FrameChoice.EndOf(new([Frame(10, 0)], FramesEnd.Whole), seconds is { } s ? TimeSpan.FromSeconds(s) : null));
}
