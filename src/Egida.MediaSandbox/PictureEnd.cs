using System.Buffers.Binary;
using Egida.Platform.Sandboxing;

namespace Egida.Decoding;

/// <summary>
/// Where the picture ends inside its file. Bytes behind it are how one file is made to be two (a picture with an archive
/// behind it); a file that stops before it was cut. Only formats that say where they end: PNG, JPEG, GIF, WebP.
/// </summary>
internal static class PictureEnd
{
    public static ContentMarks Marks(Stream file, MediaFormat format)
    {
        using var bytes = new BinaryReader(file, System.Text.Encoding.Latin1, leaveOpen: true);
        try
        {
            file.Position = 0;
            var end = format switch
            {
                MediaFormat.Png => OfPng(bytes),
                MediaFormat.Jpeg => OfJpeg(bytes),
                MediaFormat.Gif => OfGif(bytes),
                MediaFormat.WebP => OfWebP(bytes),
                _ => file.Length,
            };
            return end < file.Length ? ContentMarks.TrailingData : end > file.Length ? ContentMarks.Incomplete : ContentMarks.None;
        }
        catch (EndOfStreamException)
        {
            return ContentMarks.Incomplete;
        }
    }

    private static long OfPng(BinaryReader bytes)
    {
        bytes.BaseStream.Position = 8;
        while (true)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.ReadBytes(4).Complete(4));
            var last = bytes.ReadBytes(4).AsSpan().SequenceEqual("IEND"u8);
            bytes.BaseStream.Position += length + 4;
            if (last) return bytes.BaseStream.Position;
        }
    }

    // Segments with a length up to the scan; in the scan, 0xFF is followed by 0 or a restart marker.
    private static long OfJpeg(BinaryReader bytes)
    {
        bytes.BaseStream.Position = 2;
        while (true)
        {
            if (bytes.ReadByte() != 0xFF) continue;
            var marker = bytes.ReadByte();
            while (marker == 0xFF) marker = bytes.ReadByte();
            if (marker == 0xD9) return bytes.BaseStream.Position;
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8)) continue;
            bytes.BaseStream.Position += BinaryPrimitives.ReadUInt16BigEndian(bytes.ReadBytes(2).Complete(2)) - 2;
        }
    }

    private static long OfGif(BinaryReader bytes)
    {
        bytes.BaseStream.Position = 10;
        SkipColours(bytes, bytes.ReadByte(), 2);
        while (true)
        {
            switch (bytes.ReadByte())
            {
                case 0x21: // extension
                    bytes.ReadByte();
                    SkipBlocks(bytes);
                    break;
                case 0x2C: // picture
                    bytes.BaseStream.Position += 8;
                    SkipColours(bytes, bytes.ReadByte(), 1);
                    SkipBlocks(bytes);
                    break;
                default:
                    return bytes.BaseStream.Position;
            }
        }
    }

    private static void SkipColours(BinaryReader bytes, byte flags, int thenSkip)
    {
        if ((flags & 0x80) != 0) bytes.BaseStream.Position += 3 << (flags & 7) + 1;
        bytes.BaseStream.Position += thenSkip;
    }

    private static void SkipBlocks(BinaryReader bytes)
    {
        for (var length = bytes.ReadByte(); length != 0; length = bytes.ReadByte()) bytes.BaseStream.Position += length;
    }

    private static long OfWebP(BinaryReader bytes)
    {
        bytes.BaseStream.Position = 4;
        var length = 8L + bytes.ReadUInt32();
        return length + length % 2;
    }

    private static byte[] Complete(this byte[] bytes, int length) => bytes.Length == length ? bytes : throw new EndOfStreamException();
}
