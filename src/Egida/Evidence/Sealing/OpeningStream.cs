using System.Security.Cryptography;

namespace Egida.Evidence.Sealing;

/// <summary>
/// Reads a sealed object. Every chunk is authenticated before any byte of it is given out, and at the end the whole must have the plain hash
/// that was recorded when it was sealed.
/// </summary>
/// <exception cref="SealBrokenException">From any read: the object was changed, cut or swapped, or the key isn't its own.</exception>
internal sealed class OpeningStream : Stream
{
    private readonly Stream source;
    private readonly AesGcm cipher;
    private readonly byte[] header;
    private readonly string expectedSha256;
    private readonly byte[] sealedChunk = new byte[SealedFormat.ChunkSize + SealedFormat.TagSize];
    private readonly byte[] chunk = new byte[SealedFormat.ChunkSize];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long left;
    private long chunks;
    private int start;
    private int end;
    private bool finished;

    /// <param name="source">Seekable, at its beginning.</param>
    public OpeningStream(Guid id, Stream source, ReadOnlySpan<byte> key, string expectedSha256)
    {
        (this.source, this.expectedSha256) = (source, expectedSha256);
        cipher = new AesGcm(key, SealedFormat.TagSize);
        header = new byte[SealedFormat.HeaderSize];
        if (source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().SequenceEqual(SealedFormat.Header(id)))
        {
            throw new SealBrokenException("The sealed object's header isn't its own.");
        }

        left = source.Length - SealedFormat.HeaderSize;
    }

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
        if (start == end && !finished)
        {
            NextChunk();
        }

        var count = Math.Min(buffer.Length, end - start);
        chunk.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The file is local and a chunk is small: reading it at once is cheaper than a detour through the thread pool.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(chunk);
            cipher.Dispose();
            hash.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void NextChunk()
    {
        var size = (int)Math.Min(left, sealedChunk.Length);
        left -= size;
        var last = left == 0;
        if (size < SealedFormat.TagSize || source.ReadAtLeast(sealedChunk.AsSpan(0, size), size, throwOnEndOfStream: false) < size)
        {
            throw new SealBrokenException("The sealed object is cut off.");
        }

        Span<byte> nonce = stackalloc byte[SealedFormat.NonceSize];
        SealedFormat.Nonce(nonce, chunks++, last);
        var content = size - SealedFormat.TagSize;
        try
        {
            cipher.Decrypt(nonce, sealedChunk.AsSpan(0, content), sealedChunk.AsSpan(content, SealedFormat.TagSize), chunk.AsSpan(0, content), header);
        }
        catch (CryptographicException)
        {
            throw new SealBrokenException("A part of the sealed object was changed, moved or cut off.");
        }

        hash.AppendData(chunk.AsSpan(0, content));
        if (last)
        {
            finished = true;
            if (Convert.ToHexStringLower(hash.GetCurrentHash()) != expectedSha256)
            {
                throw new SealBrokenException("The content isn't the one whose hash was recorded when it was sealed.");
            }
        }

        (start, end) = (0, content);
    }
}
