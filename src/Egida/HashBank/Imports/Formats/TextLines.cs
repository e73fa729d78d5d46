namespace Egida.HashBank.Imports.Formats;

/// <summary>Lines of a text file, on bytes, without white space around them. One that is too long for any hash has no text.</summary>
internal sealed class TextLines(Stream utf8, int size = ByteWindow.Size)
{
    private readonly ByteWindow window = new(utf8, size, most: 1 << 16);
    private int at;
    private int length;

    /// <summary>Valid until the next one is asked for.</summary>
    internal readonly struct Line(TextLines lines, long number, bool isTooLong)
    {
        /// <summary>From 1.</summary>
        public long Number => number;

        public bool IsTooLong => isTooLong;

        public ReadOnlySpan<byte> Text => lines.window.Bytes.Slice(lines.at, lines.length);
    }

    public IEnumerable<Line> All()
    {
        for (long number = 1; ; number++)
        {
            int end;
            while ((end = window.Bytes.IndexOf((byte)'\n')) < 0 && window.Fill())
            {
            }

            if (end < 0 && !window.IsEnd)
            {
                (at, length) = (0, 0);
                yield return new Line(this, number, isTooLong: true);
                window.SkipPast((byte)'\n');
                continue;
            }

            if (end < 0 && window.Bytes.IsEmpty)
            {
                yield break;
            }

            var consumed = end < 0 ? window.Bytes.Length : end + 1;
            Trim(end < 0 ? window.Bytes : window.Bytes[..end]);
            yield return new Line(this, number, isTooLong: false);
            window.Consume(consumed);
        }
    }

    private void Trim(ReadOnlySpan<byte> line)
    {
        var rest = line.TrimStart(" \t\r"u8);
        at = line.Length - rest.Length;
        length = rest.TrimEnd(" \t\r"u8).Length;
    }
}
