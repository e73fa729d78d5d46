namespace Egida.HashBank.Imports;

/// <summary>Cuts a stream of text into lines and keeps no more of it than one piece. What is longer than any line of hashes is said to be too long and skipped.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int Piece = 1 << 18;

    private readonly byte[] buffer = new byte[Piece];
    private int at;
    private int end;
    private int lineStart;
    private int lineLength;
    private bool isOver;

    /// <summary>From 1.</summary>
    public long Number { get; private set; }

    /// <summary>Without its end. Valid until the next one is asked for.</summary>
    public ReadOnlySpan<byte> Line => buffer.AsSpan(lineStart, lineLength);

    public bool IsTooLong { get; private set; }

    /// <exception cref="ImportRefusedException">It is text in two bytes a letter.</exception>
    public bool Next()
    {
        IsTooLong = false;
        while (true)
        {
            var length = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(length, length + 1);
            }

            if (isOver)
            {
                return (end > at || IsTooLong) && Take(end - at, end - at);
            }

            Fill();
        }
    }

    private bool Take(int length, int used)
    {
        (lineStart, lineLength) = (at, IsTooLong ? 0 : length);
        at += used;
        Number++;
        if (lineLength > 0 && buffer[lineStart + lineLength - 1] == '\r')
        {
            lineLength--;
        }

        return true;
    }

    private void Fill()
    {
        if (at == 0 && end == buffer.Length)
        {
            // One line fills all of it: only its end matters now.
            IsTooLong = true;
            end = 0;
        }

        buffer.AsSpan(at, end - at).CopyTo(buffer);
        (at, end) = (0, end - at);
        var isFirst = Number == 0 && end == 0 && !IsTooLong;
        var read = isFirst ? stream.ReadAtLeast(buffer, 4, throwOnEndOfStream: false) : stream.Read(buffer.AsSpan(end));
        isOver = read == 0;
        end += read;
        if (isFirst)
        {
            at = Mark(buffer.AsSpan(0, end));
        }
    }

    /// <summary>The length of the byte order mark.</summary>
    private static int Mark(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..] => throw new ImportRefusedException("Line 1: this is text in UTF-16. Save it in UTF-8 and import it again."),
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    };
}
