using System.Security.Cryptography;

namespace Egida.HashBank.Imports;

/// <summary>How far a file's content was read, and that it was this one.</summary>
/// <param name="Length">In bytes, unpacked.</param>
/// <param name="Digest">SHA-256 of them.</param>
internal sealed record ReadMark(long Length, byte[] Digest);

/// <summary>
/// An import that goes on reads its file from the beginning and leaves out what is kept. Here the bytes are counted and digested as they are read, so that nothing is left out of a file that isn't,
/// byte for byte, the one whose rows were kept (docs/decisions/0150).
/// </summary>
internal sealed class ContentMark
{
    private Marked? reading;
    private ReadMark? expected;

    /// <summary>How far it is read.</summary>
    public ReadMark Reached => reading?.Reached ?? throw new InvalidOperationException("Nothing is read yet.");

    /// <param name="mark">What was read when the last rows were kept; null if none were.</param>
    public void Expect(ReadMark? mark) => expected = mark;

    /// <summary>The content, to be read from its beginning.</summary>
    public Stream Over(Stream content) => reading = new Marked(content, expected);

    /// <summary>Before anything is kept of what follows.</summary>
    /// <exception cref="OtherContentException">It isn't what was expected, or not that far.</exception>
    public void Require()
    {
        if (reading is { IsSame: false }) throw new OtherContentException();
    }

    private sealed class Marked(Stream content, ReadMark? expected) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long given;
        private ReadMark? atEnd;

        public bool IsSame { get; private set; } = expected is null;

        /// <summary>Also after a reader has closed it.</summary>
        public ReadMark Reached => atEnd ?? new(given, hash.GetCurrentHash());

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
            if (expected is { } mark && !IsSame)
            {
                // Not beyond it at once: there the digest is compared.
                if (given + buffer.Length > mark.Length) buffer = buffer[..(int)(mark.Length - given)];
            }

            var read = content.Read(buffer);
            hash.AppendData(buffer[..read]);
            given += read;
            if (expected is { } at && !IsSame && given == at.Length)
            {
                IsSame = hash.GetCurrentHash().AsSpan().SequenceEqual(at.Digest) ? true : throw new OtherContentException();
            }

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
            // The content is its owner's to close.
            if (disposing && atEnd is null)
            {
                atEnd = Reached;
                hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>The file that an interrupted import is to go on with isn't the one that it was begun with.</summary>
internal sealed class OtherContentException() : Exception("It isn't the file that this import was begun with.");
