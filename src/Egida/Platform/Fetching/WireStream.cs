using System.Security.Cryptography;

namespace Egida.Platform.Fetching;

/// <summary>The transfer ended here on our own decision; the reason is the mark that the object gets.</summary>
internal sealed class TransferStopped(string mark) : Exception(mark)
{
    public string Mark { get; } = mark;
}

/// <summary>The body as it comes from the wire: counted, hashed, capped and timed, before anything is decompressed.</summary>
internal sealed class WireStream(Stream inner, long cap, Pace pace) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool overflowing;

    public long Count { get; private set; }

    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        if (overflowing)
        {
            throw new TransferStopped("truncated:size");
        }

        // One byte beyond the cap tells a body that is exactly as long from one that is longer.
        var room = (int)Math.Min(buffer.Length, cap - Count + 1);
        var read = await inner.ReadAsync(buffer[..room], cancellationToken);
        if (Count + read > cap)
        {
            read = (int)(cap - Count);
            Take(buffer.Span[..read]);
            overflowing = true;
            return read > 0 ? read : throw new TransferStopped("truncated:size");
        }

        Take(buffer.Span[..read]);
        return read;
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        hash.AppendData(bytes);
        pace.Received(Count);
    }
}
