using System.IO.Compression;

namespace Egida.Platform.Fetching;

/// <summary>
/// Undoes Content-Encoding by hand, so that expanded bytes can be counted one block at a time. What this version can't undo (zstd, several
/// encodings in a row) is kept as it came and marked: raw bytes are evidence too.
/// </summary>
internal static class ContentDecoding
{
    public static async Task<(Stream Body, string? Mark)> Open(Stream wire, IReadOnlyList<string> encodings, CancellationToken cancellation) =>
        encodings switch
        {
            [] or ["identity"] => (wire, null),
            ["gzip" or "x-gzip"] => (new GZipStream(wire, CompressionMode.Decompress), null),
            ["br"] => (new BrotliStream(wire, CompressionMode.Decompress), null),
            ["deflate"] => (await Deflate(wire, cancellation), null),
            [var one] => (wire, one is "zstd" or "compress" or "dcb" or "dcz" ? $"encoding:{one}" : "encoding:unknown"),
            _ => (wire, "encoding:nested"),
        };

    /// <summary>RFC 9110 means zlib by it, some servers send bare deflate: the two-byte zlib header tells (RFC 1950).</summary>
    private static async Task<Stream> Deflate(Stream wire, CancellationToken cancellation)
    {
        var start = new byte[2];
        var got = await wire.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancellation);
        var whole = new PrefixedStream(start.AsMemory(0, got), wire);
        var zlib = got == 2 && (start[0] & 0x0f) == 8 && (start[0] << 8 | start[1]) % 31 == 0;
        return zlib ? new ZLibStream(whole, CompressionMode.Decompress) : new DeflateStream(whole, CompressionMode.Decompress);
    }

    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> prefix = prefix;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (prefix.IsEmpty)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            var count = Math.Min(prefix.Length, buffer.Length);
            prefix[..count].CopyTo(buffer);
            prefix = prefix[count..];
            return ValueTask.FromResult(count);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The wire is read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
