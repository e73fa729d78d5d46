using System.Buffers.Binary;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// What is written to a write-ahead log at once: 32 bytes and then changes, of one commit or of several that came together. The
/// first frame of a log holds no changes: it says where the log begins.
/// </summary>
/// <remarks>
/// 0 mark (4 bytes), 4 CRC-32C of bytes 8 to the end (4), 8 the CRC-32C of the frame before it (4), 12 length of the changes (4),
/// 16 number of the first change (8), 24 number of changes (4), 28 version of the log's layout (4).
/// </remarks>
internal readonly record struct LogFrame(uint Checksum, uint Before, int Length, long First, int Changes, int Version)
{
    public const int HeaderLength = 32;
    public const int NewestVersion = 1;

    /// <summary>Where every frame begins, and nothing but a rare hash otherwise.</summary>
    public static ReadOnlySpan<byte> Mark => "eLOG"u8;

    /// <summary>The number of the change that comes next.</summary>
    public long Next => First + Changes;

    public int TotalLength => HeaderLength + Length;

    /// <summary>Fills in the header of a frame whose changes stand behind it already.</summary>
    public static LogFrame Write(Span<byte> frame, int changes, long first, uint before)
    {
        Mark.CopyTo(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], before);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], frame.Length - HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], first);
        BinaryPrimitives.WriteInt32LittleEndian(frame[24..], changes);
        BinaryPrimitives.WriteInt32LittleEndian(frame[28..], NewestVersion);
        var checksum = Crc32C.Of(frame[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], checksum);
        return new(checksum, before, frame.Length - HeaderLength, first, changes, NewestVersion);
    }

    /// <summary>Whether a frame stands at the begin of these bytes, whole and as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> log, out LogFrame frame)
    {
        frame = default;
        if (log.Length < HeaderLength || !log.StartsWith(Mark)) return false;
        frame = new(BinaryPrimitives.ReadUInt32LittleEndian(log[4..]), BinaryPrimitives.ReadUInt32LittleEndian(log[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(log[12..]), BinaryPrimitives.ReadInt64LittleEndian(log[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(log[24..]), BinaryPrimitives.ReadInt32LittleEndian(log[28..]));
        return frame.Length >= 0 && frame.Length <= log.Length - HeaderLength && frame.Checksum == Crc32C.Of(log[8..frame.TotalLength]);
    }
}
