namespace Egida.HashBank.Imports.Formats;

/// <summary>The bytes of a stream that are being looked at. Grows to what one record or token needs, and never beyond <paramref name="most"/>.</summary>
/// <param name="stream">Read forwards only.</param>
/// <param name="size">How much is read at a time; small only in tests, where every place is to fall on a border once.</param>
/// <param name="most">The longest that anything of one piece may be.</param>
internal sealed class ByteWindow(Stream stream, int size = ByteWindow.Size, int most = ByteWindow.Most)
{
    public const int Size = 1 << 16;

    /// <summary>A hash takes some hundred bytes. What is longer than this is no hash, whatever it is.</summary>
    public const int Most = 1 << 20;

    private byte[] buffer = new byte[Math.Max(size, 4)];
    private int start;
    private int end;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(start, end - start);

    /// <summary>How many bytes of the stream are before <see cref="Bytes"/>.</summary>
    public long Offset { get; private set; }

    /// <summary>After <see cref="Bytes"/> nothing comes.</summary>
    public bool IsEnd { get; private set; }

    /// <returns>Whether there are more bytes than before: not at the end, and not when there are as many as may be.</returns>
    public bool Fill()
    {
        if (IsEnd || end - start >= most)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, Math.Min(2 * buffer.Length, most));
        }

        var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        IsEnd = read < buffer.Length - end;
        end += read;
        return read > 0;
    }

    public void Consume(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Takes the place of bytes that were consumed, in front of those that come.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > start)
        {
            var room = new byte[Math.Max(buffer.Length, bytes.Length + end - start)];
            buffer.AsSpan(start, end - start).CopyTo(room.AsSpan(bytes.Length));
            (buffer, start, end) = (room, bytes.Length, bytes.Length + end - start);
        }

        start -= bytes.Length;
        Offset -= bytes.Length;
        bytes.CopyTo(buffer.AsSpan(start));
    }

    /// <summary>Consumes up to and with the first of this byte.</summary>
    /// <returns>Whether there was one.</returns>
    public bool SkipPast(byte wanted)
    {
        do
        {
            var at = Bytes.IndexOf(wanted);
            Consume(at < 0 ? Bytes.Length : at + 1);
            if (at >= 0)
            {
                return true;
            }
        }
        while (Fill());
        return false;
    }
}
