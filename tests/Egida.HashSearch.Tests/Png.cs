using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Egida.HashSearch.Tests;

/// <summary>Reads the golden pictures: PNG, 8 bits, grey or RGB, not interlaced. Written from the PNG specification, part 9.</summary>
internal sealed record Png(int Width, int Height, int Channels, byte[] Pixels)
{
    public int Stride => Width * Channels;

    public static Png Read(string path)
    {
        var file = File.ReadAllBytes(path).AsSpan(8);
        var (width, height, channels) = (0, 0, 0);
        using var data = new MemoryStream();
        while (true)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file);
            var chunk = file.Slice(8, length);
            switch (Encoding.ASCII.GetString(file.Slice(4, 4)))
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk), BinaryPrimitives.ReadInt32BigEndian(chunk[4..]));
                    channels = (Depth: chunk[8], Colour: chunk[9], Interlaced: chunk[12]) switch
                    {
                        (8, 0, 0) => 1,
                        (8, 2, 0) => 3,
                        _ => throw new NotSupportedException($"{path} is not a plain grey or RGB picture."),
                    };
                    break;
                case "IDAT":
                    data.Write(chunk);
                    break;
                case "IEND":
                    data.Position = 0;
                    using (var inflated = new ZLibStream(data, CompressionMode.Decompress))
                        return new(width, height, channels, Unfilter(inflated, width * channels, height, channels));
            }
            file = file[(length + 12)..];
        }
    }

    private static byte[] Unfilter(Stream lines, int stride, int height, int channels)
    {
        var pixels = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines.ReadByte();
            var row = pixels.AsSpan(y * stride, stride);
            lines.ReadExactly(row);
            var above = y == 0 ? new byte[stride] : pixels.AsSpan((y - 1) * stride, stride);
            for (var x = 0; x < stride; x++)
            {
                int left = x < channels ? 0 : row[x - channels], up = above[x], corner = x < channels ? 0 : above[x - channels];
                row[x] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
            }
        }
        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (byLeft, byUp, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }
}
