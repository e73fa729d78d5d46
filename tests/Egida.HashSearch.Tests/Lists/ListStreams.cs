namespace Egida.HashSearch.Tests.Lists;

/// <summary>A stream that can only be read.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Gives its bytes in pieces.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int piece) : ReadOnlyStream
{
    private int _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = Math.Min(Math.Min(piece, count), bytes.Length - _at);
        Array.Copy(bytes, _at, buffer, offset, length);
        _at += length;
        return length;
    }
}

/// <summary>The same line again and again.</summary>
internal sealed class RepeatingStream(byte[] line, long times) : ReadOnlyStream
{
    private long _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = (int)Math.Min(count, times * line.Length - _at);
        for (var i = 0; i < length; i++, _at++) buffer[offset + i] = line[_at % line.Length];
        return length;
    }
}

/// <summary>The same block again and again, as fast as memory is copied.</summary>
internal sealed class RepeatedBlocks(byte[] block, long times) : ReadOnlyStream
{
    private long _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var within = (int)(_at % block.Length);
        var length = (int)Math.Min(Math.Min(count, block.Length - within), times * block.Length - _at);
        Array.Copy(block, within, buffer, offset, length);
        _at += length;
        return length;
    }
}
