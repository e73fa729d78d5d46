using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Egida.Simulators;

/// <summary>PNG (ISO/IEC 15948): signature, IHDR, IDAT, IEND; rows with the Sub filter.</summary>
internal static class PngWriter
{
    public static byte[] Write(Canvas canvas)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            var stride = canvas.Width * 3;
            var row = new byte[stride + 1];
            for (var y = 0; y < canvas.Height; y++)
            {
                var pixels = canvas.Pixels.AsSpan(y * stride, stride);
                row[0] = 1;
                for (var i = 0; i < stride; i++)
                    row[i + 1] = (byte)(pixels[i] - (i < 3 ? 0 : pixels[i - 3]));
                zlib.Write(row);
            }
        }

        return Assemble(canvas.Width, canvas.Height, depth: 8, colourType: 2, rows.ToArray());
    }

    /// <summary>One-bit grey of the size asked for: 50 megapixels in a few kilobytes.</summary>
    public static byte[] Flood(int width, int height)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (var y = 0; y < height; y++)
                zlib.Write(row);
        }

        return Assemble(width, height, depth: 1, colourType: 0, rows.ToArray());
    }

    private static byte[] Assemble(int width, int height, byte depth, byte colourType, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = depth;
        header[9] = colourType;
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc.Of(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }
}
