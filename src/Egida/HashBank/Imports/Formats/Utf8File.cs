using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>A text file as UTF-8 without its byte order mark. UTF-16, which Windows programs write, says so in its first bytes.</summary>
internal static class Utf8File
{
    /// <exception cref="ImportRefusedException">The bytes are of no encoding that is read here.</exception>
    public static Stream Open(Stream file)
    {
        Span<byte> first = stackalloc byte[4];
        var length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        first = first[..length];
        if (first is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            throw new ImportRefusedException("The file is in UTF-32. Save it as UTF-8.");
        }

        if (first is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6])
        {
            throw new ImportRefusedException("The file is packed. Unpack it first.");
        }

        return first switch
        {
            [0xEF, 0xBB, 0xBF, ..] => new Followed(first[3..].ToArray(), file),
            [0xFF, 0xFE, ..] => Encoding.CreateTranscodingStream(new Followed(first[2..].ToArray(), file), Encoding.Unicode, Encoding.UTF8, leaveOpen: true),
            [0xFE, 0xFF, ..] => Encoding.CreateTranscodingStream(new Followed(first[2..].ToArray(), file), Encoding.BigEndianUnicode, Encoding.UTF8, leaveOpen: true),
            _ when first.Contains((byte)0) => throw new ImportRefusedException("The file is no text in UTF-8: it has zero bytes at its beginning. If it is UTF-16, save it as UTF-8."),
            _ => new Followed(first.ToArray(), file),
        };
    }

    /// <summary>Some bytes, then the rest.</summary>
    private sealed class Followed(byte[] first, Stream rest) : Stream
    {
        private int at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (at == first.Length)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(first.Length - at, buffer.Length);
            first.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
