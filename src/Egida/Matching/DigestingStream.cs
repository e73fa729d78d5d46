using System.Security.Cryptography;

namespace Egida.Matching;

/// <summary>Lets content pass and computes its digests on the way: sealed media are opened and read once, whoever reads them.</summary>
internal sealed class DigestingStream(Stream source) : Stream
{
    // MD5 and SHA-1 protect nothing here: they are what hash lists of other hotlines and of the police hold.
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Lower-case hex.</summary>
    public sealed record Digests(string Md5, string Sha1, string Sha256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what nobody has read yet; then these are the digests of the whole.</summary>
    public async Task<Digests> Finish(CancellationToken cancellation)
    {
        await CopyToAsync(Null, cancellation);
        return new Digests(Hex(md5), Hex(sha1), Hex(sha256));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        Add(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, count);
        Add(buffer.AsSpan(offset, read));
        return read;
    }

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
            md5.Dispose();
            sha1.Dispose();
            sha256.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());

    private void Add(ReadOnlySpan<byte> bytes)
    {
        md5.AppendData(bytes);
        sha1.AppendData(bytes);
        sha256.AppendData(bytes);
    }
}
