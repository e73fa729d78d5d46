using System.Security.Cryptography;

namespace Egida.Evidence.Sealing;

/// <summary>What is known of an object once it is sealed. <paramref name="Key"/> is the object's key: wrap it, then clear it.</summary>
internal sealed record SealedFacts(long Size, string Sha256, long SealedSize, string SealedSha256, byte[] Key);

/// <summary>
/// Seals what is written into it under a fresh key, hashing both sides on the way: the content is in memory one chunk at a time and on disk never.
/// Without <see cref="Finish"/> the last chunk is missing and nobody can open it.
/// </summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream target;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(SealedFormat.KeySize);
    private readonly AesGcm cipher;
    private readonly byte[] header;
    private readonly byte[] chunk = new byte[SealedFormat.ChunkSize];
    private readonly byte[] sealedChunk = new byte[SealedFormat.ChunkSize + SealedFormat.TagSize];
    private readonly IncrementalHash plainHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash sealedHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int filled;
    private long chunks;
    private long size;
    private long sealedSize;

    public SealingStream(Guid id, Stream target)
    {
        this.target = target;
        cipher = new AesGcm(key, SealedFormat.TagSize);
        header = SealedFormat.Header(id);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => size;

    public override long Position
    {
        get => size;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        plainHash.AppendData(buffer.Span);
        size += buffer.Length;
        while (!buffer.IsEmpty)
        {
            // A full chunk waits until it is known not to be the last.
            if (filled == chunk.Length)
            {
                await Emit(last: false, cancellationToken);
            }

            var part = Math.Min(buffer.Length, chunk.Length - filled);
            buffer[..part].CopyTo(chunk.AsMemory(filled));
            filled += part;
            buffer = buffer[part..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Sealed asynchronously.");

    public async Task<SealedFacts> Finish(CancellationToken cancellation)
    {
        await Emit(last: true, cancellation);
        await target.FlushAsync(cancellation);
        return new SealedFacts(
            size, Convert.ToHexStringLower(plainHash.GetCurrentHash()), sealedSize, Convert.ToHexStringLower(sealedHash.GetCurrentHash()), [.. key]);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(chunk);
            cipher.Dispose();
            plainHash.Dispose();
            sealedHash.Dispose();
            target.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task Emit(bool last, CancellationToken cancellation)
    {
        if (chunks == 0)
        {
            await Put(header, cancellation);
        }

        Encrypt(last);
        await Put(sealedChunk.AsMemory(0, filled + SealedFormat.TagSize), cancellation);
        chunks++;
        filled = 0;
    }

    private void Encrypt(bool last)
    {
        Span<byte> nonce = stackalloc byte[SealedFormat.NonceSize];
        SealedFormat.Nonce(nonce, chunks, last);
        cipher.Encrypt(nonce, chunk.AsSpan(0, filled), sealedChunk.AsSpan(0, filled), sealedChunk.AsSpan(filled, SealedFormat.TagSize), header);
    }

    private async Task Put(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        sealedHash.AppendData(bytes.Span);
        sealedSize += bytes.Length;
        await target.WriteAsync(bytes, cancellation);
    }
}
