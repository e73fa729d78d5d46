namespace Egida.HashSearch.Video;

/// <summary>The lines of a text, of which no more than a fixed length is ever in memory.</summary>
internal sealed class BoundedLines(TextReader text, int longest)
{
    private readonly char[] _line = new char[longest];
    private readonly char[] _buffer = new char[4096];
    private int _length, _next, _filled;

    /// <summary>The line without its end; of one that is too long, the beginning.</summary>
    public ReadOnlySpan<char> Line => _line.AsSpan(0, _length);

    /// <summary>1 for the first.</summary>
    public long Number { get; private set; }

    public bool TooLong { get; private set; }

    public bool Next()
    {
        (_length, TooLong) = (0, false);
        var any = false;
        while (Fill())
        {
            if (!any) Number++;
            any = true;
            var rest = _buffer.AsSpan(_next, _filled - _next);
            var end = rest.IndexOf('\n');
            Take(end < 0 ? rest : rest[..end]);
            _next += end < 0 ? rest.Length : end + 1;
            if (end >= 0) break;
        }
        if (_length > 0 && _line[_length - 1] == '\r' && !TooLong) _length--;
        return any;
    }

    private bool Fill()
    {
        if (_next < _filled) return true;
        (_next, _filled) = (0, text.Read(_buffer));
        return _filled > 0;
    }

    private void Take(ReadOnlySpan<char> part)
    {
        var room = Math.Min(part.Length, _line.Length - _length);
        part[..room].CopyTo(_line.AsSpan(_length));
        _length += room;
        TooLong |= room < part.Length;
    }
}
