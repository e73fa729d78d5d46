namespace Egida.HashBank.Imports.Formats;

/// <summary>XML in which a tag comes every so many bytes: what has none is no entry of anything, and would be read into the memory as a whole.</summary>
internal sealed class PiecewiseStream(Stream file, int longest) : Stream
{
    private long since;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ImportRefusedException">No tag for too long.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer);
        var last = buffer[..read].LastIndexOf((byte)'<');
        since = last < 0 ? since + read : read - last;
        return since <= longest ? read : throw new ImportRefusedException($"The file has a piece of more than {longest} bytes without a tag: this isn't a file of entries.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
