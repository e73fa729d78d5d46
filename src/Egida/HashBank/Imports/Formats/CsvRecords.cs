namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// Records of a CSV file (RFC 4180, any delimiter), on bytes. A record that is too long, or whose quote never ends, has no fields and a <see cref="Problem"/>; reading goes on
/// in the line after its first one.
/// </summary>
internal sealed class CsvRecords(ByteWindow window, byte delimiter)
{
    private readonly List<(int At, int Length, bool HasQuotes)> fields = [];
    private byte[] unquoted = [];
    private long lines;
    private int length;

    /// <summary>The line in which the record begins, from 1.</summary>
    public long Line { get; private set; }

    public (string Code, string Detail)? Problem { get; private set; }

    public int Count => fields.Count;

    /// <summary>Without its quotes; until the next field is asked for.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var (at, count, hasQuotes) = fields[index];
            var field = window.Bytes.Slice(at, count);
            return hasQuotes ? Unquoted(field) : field;
        }
    }

    /// <summary>Goes to the next record that has anything in it.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        while (true)
        {
            window.Consume(length);
            length = 0;
            fields.Clear();
            Problem = null;
            Line = lines + 1;
            if (window.Bytes.IsEmpty && !window.Fill())
            {
                return false;
            }

            if (!ReadSimple() && !ReadQuoted())
            {
                PassOver();
            }

            if (Problem is not null || fields.Count > 1 || fields[0].Length > 0)
            {
                return true;
            }
        }
    }

    /// <summary>A line without quotes, which is nearly every line.</summary>
    private bool ReadSimple()
    {
        int end;
        while ((end = window.Bytes.IndexOfAny((byte)'\n', (byte)'\r', (byte)'"')) < 0 || NeedsOneMore(end))
        {
            if (!window.Fill())
            {
                if (!window.IsEnd)
                {
                    return false;
                }

                end = end < 0 ? window.Bytes.Length : end;
                break;
            }
        }

        if (end < window.Bytes.Length && window.Bytes[end] == '"')
        {
            return false;
        }

        var line = window.Bytes[..end];
        var at = 0;
        while (true)
        {
            var next = line[at..].IndexOf(delimiter);
            fields.Add((at, next < 0 ? line.Length - at : next, false));
            if (next < 0)
            {
                break;
            }

            at += next + 1;
        }

        Close(end);
        return true;
    }

    /// <summary>Whether a line feed may belong to the carriage return here.</summary>
    private bool NeedsOneMore(int end) => window.Bytes[end] == '\r' && end + 1 == window.Bytes.Length && !window.IsEnd;

    private void Close(int end)
    {
        var bytes = window.Bytes;
        length = end == bytes.Length ? end
            : bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2
            : end + 1;
        lines++;
    }

    private bool ReadQuoted()
    {
        while (!TryQuoted())
        {
            if (!window.Fill() && !window.IsEnd)
            {
                Problem = ("too-long", $"The line is longer than {ByteWindow.Most} bytes, or a quotation mark in it never ends.");
                return false;
            }

            if (window.IsEnd)
            {
                if (TryQuoted())
                {
                    return true;
                }

                Problem = ("unclosed-quote", "A quotation mark in this line never ends.");
                return false;
            }
        }

        return true;
    }

    /// <returns>False if the record doesn't end in the window.</returns>
    private bool TryQuoted()
    {
        fields.Clear();
        var bytes = window.Bytes;
        var (at, breaks) = (0, 0);
        while (true)
        {
            var begin = at;
            var isQuoted = at < bytes.Length && bytes[at] == '"';
            if (isQuoted && !EndOfQuotes(bytes, ref at, ref breaks))
            {
                return false;
            }

            var more = at <= bytes.Length ? bytes[at..].IndexOfAny(delimiter, (byte)'\n', (byte)'\r') : -1;
            if ((more < 0 && !window.IsEnd) || (more >= 0 && NeedsOneMore(at + more)))
            {
                return false;
            }

            at = more < 0 ? bytes.Length : at + more;
            fields.Add((begin, at - begin, isQuoted));
            if (at == bytes.Length || bytes[at] != delimiter)
            {
                lines += breaks;
                Close(at);
                return true;
            }

            at++;
        }
    }

    /// <summary>From an opening quotation mark to behind the closing one.</summary>
    private static bool EndOfQuotes(ReadOnlySpan<byte> bytes, ref int at, ref int breaks)
    {
        at++;
        while (true)
        {
            var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
            {
                return false;
            }

            at += next + 1;
            if (bytes[at - 1] == '\n')
            {
                breaks++;
            }
            else if (at < bytes.Length && bytes[at] == '"')
            {
                at++;
            }
            else
            {
                return true;
            }
        }
    }

    /// <summary>Leaves the first line of what can't be read behind: it must not take the lines after it along.</summary>
    private void PassOver()
    {
        fields.Clear();
        Problem ??= ("too-long", $"The line is longer than {ByteWindow.Most} bytes.");
        window.SkipPast((byte)'\n');
        lines++;
        length = 0;
    }

    private ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field)
    {
        if (unquoted.Length < field.Length)
        {
            unquoted = new byte[field.Length];
        }

        var (count, inside) = (0, true);
        for (var i = 1; i < field.Length; i++)
        {
            if (field[i] != '"')
            {
                unquoted[count++] = field[i];
            }
            else if (inside && i + 1 < field.Length && field[i + 1] == '"')
            {
                unquoted[count++] = field[i++];
            }
            else
            {
                inside = false;
            }
        }

        return unquoted.AsSpan(0, count);
    }
}
