using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Egida.HashBank.Imports;

/// <summary>
/// A gzip file (RFC 1952, one member or several) that says when it was cut off, where <see cref="GZipStream"/> just ends: a further member is put behind the
/// file, and what comes out must end with what is in it. Behind a member that isn't whole it is read as a part of that.
/// </summary>
internal sealed class WholeGzip : Stream
{
    private readonly byte[] mark = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(32));
    private readonly byte[] read = new byte[1 << 16];
    private readonly GZipStream unpacking;
    private int begin;
    private int end;

    public WholeGzip(Stream packed)
    {
        var member = new MemoryStream();
        using (var packing = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(mark);
        }

        unpacking = new GZipStream(new Behind(packed, member.ToArray()), CompressionMode.Decompress);
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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The file was cut off or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (end - begin <= mark.Length)
        {
            read.AsSpan(begin, end - begin).CopyTo(read);
            (begin, end) = (0, end - begin);
            var more = unpacking.Read(read.AsSpan(end));
            end += more;
            if (more == 0)
            {
                return read.AsSpan(0, end).SequenceEqual(mark) ? 0 : throw new InvalidDataException("The file ends in the middle.");
            }
        }

        var given = Math.Min(buffer.Length, end - begin - mark.Length);
        read.AsSpan(begin, given).CopyTo(buffer);
        begin += given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        unpacking.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>One stream and then some bytes. The stream stays open.</summary>
    private sealed class Behind(Stream first, byte[] then) : Stream
    {
        private readonly MemoryStream rest = new(then);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => first.Read(buffer) is > 0 and var read ? read : rest.Read(buffer);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
