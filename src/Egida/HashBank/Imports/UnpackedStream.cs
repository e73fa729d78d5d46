namespace Egida.HashBank.Imports;

/// <summary>What comes out of a packed file, as long as it is a plausible multiple of what goes in: lists of hashes hardly become smaller.</summary>
internal sealed class UnpackedStream(Stream unpacking, long packedLength) : Stream
{
    private const int LargestRatio = 200;
    private const long AlwaysAllowed = 1L << 30;

    private long given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = unpacking.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new ImportRefusedException("The file can't be unpacked any further: it was cut off or damaged. Get it again; what was kept stays.");
        }

        given += read;
        return given > Math.Max(AlwaysAllowed, packedLength * LargestRatio)
            ? throw new ImportRefusedException($"The file unpacks to more than {LargestRatio} times its length. If that is meant, unpack it and import what comes out.")
            : read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
