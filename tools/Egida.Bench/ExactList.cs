using System.Text;
using Egida.HashSearch;

namespace Egida.Bench;

/// <summary>How fast lists are read: the same lines again and again, from memory.</summary>
internal static class ExactList
{
    private const int Lines = 10_000;

    public static void Run<TDigest>(Report report, ReadOnlySpan<TDigest> digests, long bytes) where TDigest : unmanaged, IDigest<TDigest>
    {
        Report.Step("reading a list");
        var (bare, named) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Math.Min(Lines, digests.Length); i++)
        {
            bare.Append(digests[i]).Append('\n');
            named.Append("hash=").Append(digests[i]).Append(",picture-").Append(i).Append(".jpg\n");
        }
        report.Add("list_megabytes_per_second", Rate<TDigest>(bare, bytes));
        report.Add("list_with_metadata_megabytes_per_second", Rate<TDigest>(named, bytes));
    }

    private static double Rate<TDigest>(StringBuilder list, long bytes) where TDigest : unmanaged, IDigest<TDigest>
    {
        var text = Encoding.ASCII.GetBytes(list.ToString());
        HashListSummary? summary = null;
        var sum = 0L;
        var seconds = Measure.Once(() => summary = HashListFile.Read(new Repeated(text, bytes), TDigest.Kind, (in entry) => sum += entry.Bytes[0]));
        if (summary!.Refused > 1) throw new InvalidOperationException("A good line was refused.");
        return summary.Bytes / seconds / 1e6;
    }

    /// <summary>Gives the text again and again, up to a length; only the last line may be cut.</summary>
    private sealed class Repeated(byte[] text, long length) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (text.Length == 0) return 0;
            var from = (int)(_at % text.Length);
            var read = (int)Math.Min(Math.Min(count, text.Length - from), length - _at);
            Array.Copy(text, from, buffer, offset, read);
            _at += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
