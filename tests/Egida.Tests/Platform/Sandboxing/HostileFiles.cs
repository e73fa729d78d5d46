using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Egida.Tests.Platform.Sandboxing;

/// <summary>Harmless pictures and videos, and what an attacker would make of them.</summary>
internal static class HostileFiles
{
    public static string GoldenFolder() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../Egida.HashSearch.Tests/golden"));

    private static string ThisFile([CallerFilePath] string file = "") => file;

    public static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(GoldenFolder(), name));

    public static byte[] Landscape() => Golden("000-landscape-512x512.png");

    /// <summary>A PNG of that size, small as a file however large as a picture.</summary>
    public static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            for (var y = 0; y < height; y++)
            {
                row.AsSpan(1).Fill((byte)(y * 255L / height));
                zlib.Write(row);
            }
        }

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The output of ffmpeg: <c>testsrc</c> or a golden picture, in that format.</summary>
    public static byte[] Converted(string arguments, string extension)
    {
        var target = Path.Combine(Path.GetTempPath(), $"egida-{Path.GetRandomFileName()}.{extension}");
        try
        {
            using var ffmpeg = Process.Start("/usr/bin/ffmpeg", $"-nostdin -loglevel error {arguments} {target}");
            ffmpeg.WaitForExit();
            return File.ReadAllBytes(target);
        }
        finally
        {
            File.Delete(target);
        }
    }

    public static byte[] Jpeg() => Converted($"-i {Path.Combine(GoldenFolder(), "000-landscape-512x512.png")} -q:v 2", "jpg");

    public static byte[] Moving(string extension) => Converted("-f lavfi -i testsrc=size=320x240:rate=10 -t 2", extension);

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = ~0u;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }
}
