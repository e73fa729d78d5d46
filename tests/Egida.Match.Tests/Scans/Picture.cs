using System.Buffers.Binary;
using System.IO.Compression;
using Egida.HashSearch;
using Egida.HashSearch.Tests;

namespace Egida.Match.Tests.Scans;

/// <summary>A generated picture, and what a copy of it can have gone through.</summary>
internal sealed record Picture(byte[] Pixels, int Width, int Height)
{
    public static Picture Landscape(int seed) => new(PdqPictures.Draw(PdqPictures.Kind.Landscape, 320, 240, 3, seed), 320, 240);

    public PdqResult Pdq => PdqHasher.HashRgb(Pixels, Width, Height, Width * 3);

    /// <summary>A quarter turn clockwise.</summary>
    public Picture Turned() => Made(Height, Width, (x, y) => (y, Height - 1 - x));

    public Picture Shrunk(double scale) => Made((int)(Width * scale), (int)(Height * scale), (x, y) => ((int)(x / scale), (int)(y / scale)));

    public byte[] Png()
    {
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        Chunk(png, "IHDR"u8, head);
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < Height; y++)
            {
                packed.WriteByte(0);
                packed.Write(Pixels, y * Width * 3, Width * 3);
            }
        }
        Chunk(png, "IDAT"u8, rows.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private Picture Made(int width, int height, Func<int, int, (int X, int Y)> from)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (oldX, oldY) = from(x, y);
                Pixels.AsSpan((oldY * Width + oldX) * 3, 3).CopyTo(pixels.AsSpan((y * width + x) * 3));
            }
        }
        return new(pixels, width, height);
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] checkedBytes = [.. name, .. content];
        png.Write(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedBytes));
        png.Write(number);
    }

    // CRC-32 as PNG has it.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
