using System.Security.Cryptography;
using Egida.Evidence.Sealing;

namespace Egida.Evidence.Capture;

/// <summary>One object on its way into a drop: sealed while it arrives, its first bytes kept in memory to be looked into.</summary>
internal sealed class ObjectInTheMaking(Guid id, string file, SpoolRoom room, int peek) : Stream
{
    private readonly SealingStream seal = new(id, room.Open(file));
    private readonly MemoryStream start = new();

    public Guid Id => id;

    /// <summary>The beginning of the content, no longer than asked for.</summary>
    public ReadOnlySpan<byte> Start => start.GetBuffer().AsSpan(0, (int)start.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => seal.Length;

    public override long Position
    {
        get => seal.Position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        start.Write(buffer.Span[..(int)Math.Min(buffer.Length, peek - start.Length)]);
        await seal.WriteAsync(buffer, cancellationToken);
    }

    public Task<SealedFacts> Finish(CancellationToken cancellation) => seal.Finish(cancellation);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The fetch closes its target when the transfer ends; the seal is closed by whoever finishes it.
    }

    public async Task Release()
    {
        start.Dispose();
        await seal.DisposeAsync();
    }
}

/// <summary>The part of the disk that captures may fill. Beyond it a write fails as on a full disk, before the disk is full.</summary>
internal sealed class SpoolRoom(long free)
{
    private long left = free;

    public Stream Open(string file) => new Metered(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1), this);

    private void Take(int bytes)
    {
        if (Interlocked.Add(ref left, -bytes) < 0)
        {
            throw new IOException("The spool is full.");
        }
    }

    private sealed class Metered(FileStream file, SpoolRoom room) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            room.Take(buffer.Length);
            return file.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>The worker's public key: what it wraps, only the worker unwraps.</summary>
internal sealed class IntakeKey(byte[] spki)
{
    public byte[] Wrap(byte[] objectKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(spki, out _);
        return rsa.Encrypt(objectKey, RSAEncryptionPadding.OaepSHA256);
    }
}
