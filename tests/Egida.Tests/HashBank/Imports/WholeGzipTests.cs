using System.IO.Compression;
using System.Security.Cryptography;
using Egida.HashBank.Imports;

namespace Egida.Tests.HashBank.Imports;

public class WholeGzipTests
{
    // Text that shrinks, and bytes that don't, which gzip stores as they are.
    private static readonly byte[] Content = [.. Enumerable.Repeat("abcdefgh\n"u8.ToArray(), 200).SelectMany(b => b), .. SHA256.HashData("x"u8), .. SHA256.HashData("y"u8)];

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Wherever_a_file_is_cut_off_it_is_said(CompressionLevel level)
    {
        var packed = Pack(Content, level);
        for (var length = 1; length < packed.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Unpack(packed[..length]));
        }

        Assert.Equal(Content, Unpack(packed));
    }

    [Fact]
    public void Several_members_are_one_file_and_a_cut_in_the_last_is_said()
    {
        byte[] packed = [.. Pack(Content, CompressionLevel.Fastest), .. Pack([], CompressionLevel.Optimal), .. Pack([1, 2, 3], CompressionLevel.NoCompression)];

        Assert.Equal([.. Content, 1, 2, 3], Unpack(packed));
        Assert.Throws<InvalidDataException>(() => Unpack(packed[..^1]));
    }

    private static byte[] Pack(byte[] content, CompressionLevel level)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new WholeGzip(new MemoryStream(packed));
        var content = new MemoryStream();
        gzip.CopyTo(content, 7);
        return content.ToArray();
    }
}
