namespace Egida.Match.Tool.Archives;

/// <summary>What comes out of an archive, counted while it is read.</summary>
internal sealed class CountedStream(Stream inner, Budget budget) : Stream
{
    private byte[] _peeked = [];
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The next bytes, which stay to be read.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        if (_peeked.Length == 0)
        {
            var bytes = new byte[length];
            _peeked = bytes[..ReadFully(bytes)];
        }
        return _peeked;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_given < _peeked.Length)
        {
            var given = Math.Min(buffer.Length, _peeked.Length - _given);
            _peeked.AsSpan(_given, given).CopyTo(buffer);
            _given += given;
            return given;
        }
        var read = inner.Read(buffer);
        budget.Take(read);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int ReadFully(Span<byte> buffer)
    {
        var all = 0;
        for (int read; all < buffer.Length && (read = inner.Read(buffer[all..])) > 0; all += read) budget.Take(read);
        return all;
    }
}
