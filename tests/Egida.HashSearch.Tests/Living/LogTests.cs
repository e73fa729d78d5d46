using Egida.HashSearch.Living;

namespace Egida.HashSearch.Tests.Living;

public class LogTests
{
    private const string Path = "/index/00000001.log";

    [Fact]
    public void What_was_appended_is_read()
    {
        var log = Written(5);
        var (end, read) = Read(log, mayBeTorn: false);

        Assert.Equal(log.Length, end!.Value.Length);
        Assert.Equal([0, 10, 20, 30, 40], read);
    }

    [Fact]
    public void A_log_torn_anywhere_behind_its_begin_is_read_up_to_its_last_whole_frame()
    {
        var log = Written(5);
        for (var length = 0; length < log.Length; length++)
        {
            var (end, read) = Read(log[..length], mayBeTorn: true);
            Assert.Equal(length < 32 ? null : 32 + (length - 32) / 42 * 42L, end?.Length);
            Assert.Equal(Math.Max(0, (length - 32) / 42), read.Count);
        }
    }

    [Fact]
    public void An_older_log_must_be_whole()
    {
        var log = Written(3);
        Assert.Throws<IndexFileException>(() => Read(log[..^1], mayBeTorn: false));
        Assert.Throws<IndexFileException>(() => Read([], mayBeTorn: false));
        Assert.Throws<IndexFileException>(() => Read([.. log, 0], mayBeTorn: false));
    }

    [Fact]
    public void Any_bit_changed_before_the_last_frame_is_refused_and_its_place_named()
    {
        var log = Written(5);
        for (var at = 0; at < log.Length - 42; at++)
        {
            var changed = (byte[])log.Clone();
            changed[at] ^= (byte)(1 << at % 8);
            var refusal = Assert.Throws<IndexFileException>(() => Read(changed, mayBeTorn: true));
            Assert.Contains($"frame at byte {(at < 32 ? 0 : 32 + (at - 32) / 42 * 42)}.", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bit_changed_in_the_last_frame_cannot_be_told_from_a_torn_write()
    {
        var log = Written(5);
        for (var at = log.Length - 42; at < log.Length; at++)
        {
            var changed = (byte[])log.Clone();
            changed[at] ^= 1;
            Assert.Equal(4, Read(changed, mayBeTorn: true).Read.Count);
        }
    }

    [Fact]
    public void A_frame_left_out_or_moved_is_refused()
    {
        var log = Written(5);
        Assert.Throws<IndexFileException>(() => Read([.. log[..74], .. log[116..]], mayBeTorn: true));
        Assert.Throws<IndexFileException>(() => Read([.. log[..32], .. log[74..116], .. log[32..74], .. log[116..]], mayBeTorn: true));
    }

    [Fact]
    public void A_log_of_a_newer_version_is_refused_by_name()
    {
        var frame = new byte[LogFrame.HeaderLength];
        LogFrame.Write(frame, 0, 1, 0);
        frame[28] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Egida.HashSearch.Files.Crc32C.Of(frame.AsSpan(8)));

        Assert.Equal(IndexFileProblem.NewerVersion, Assert.Throws<IndexFileException>(() => Read(frame, mayBeTorn: true)).Problem);
    }

    [Fact]
    public void Noise_is_never_taken_for_changes()
    {
        var random = new Random(1);
        for (var times = 0; times < 2000; times++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            LogFrame.Mark.CopyTo(noise.Length >= 4 ? noise : new byte[4]);
            Assert.Null(Read(noise, mayBeTorn: true).End);
        }
    }

    /// <summary>Frames of 42 bytes, each with two removals, behind the one of 32 bytes that begins the log.</summary>
    private static byte[] Written(int frames)
    {
        var storage = new SimulatedStorage();
        using var log = WriteAheadLog.Create(storage, Path, first: 1);
        for (var i = 0; i < frames; i++)
        {
            var changes = new NearChanges();
            changes.Remove(10 * i);
            changes.Remove(10 * i + 1);
            byte[] frame = [.. new byte[LogFrame.HeaderLength], .. changes.Bytes];
            log.Append(frame, 2, 1 + 2 * i);
        }
        return storage[Path];
    }

    private static (LogEnd? End, List<int> Read) Read(byte[] log, bool mayBeTorn)
    {
        var read = new List<int>();
        var end = LogReader.Read(Path, log, 1, mayBeTorn, (LogFrame _, ReadOnlySpan<byte> changes) =>
        {
            Assert.True(Change.TryRead(ref changes, out var kind, out var id, out Hash256 _));
            Assert.Equal(Change.Remove, kind);
            read.Add(id);
        });
        return (end, read);
    }
}
