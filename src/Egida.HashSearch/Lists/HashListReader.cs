namespace Egida.HashSearch.Lists;

/// <summary>Cuts a stream into lines, without keeping more of it than one piece.</summary>
internal sealed class HashListReader
{
    private const int Piece = 1 << 20;
    private const int LongestLine = 1 << 16;

    private readonly HashListHandler _handler;
    private readonly HashListOptions _options;
    private readonly List<HashListRefusal> _refusals = [];
    private readonly HashListSummary _summary;
    private readonly HashListLine _line;
    private readonly byte[] _hash;

    public HashListReader(HashKind kind, HashListHandler handler, HashListOptions options)
    {
        (_handler, _options) = (handler, options);
        _summary = new() { Refusals = _refusals };
        _line = new(kind);
        _hash = new byte[_line.HashLength];
    }

    public HashListSummary Read(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[Piece];
        int begin = 0, end = 0;
        var isTooLong = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (_summary.Bytes == 0 && read > 0)
            {
                // So few bytes at once are rare, but a stream may do it.
                read += stream.ReadAtLeast(buffer.AsSpan(read), Math.Max(0, 4 - read), throwOnEndOfStream: false);
                begin = SkipMark(buffer.AsSpan(0, read));
            }
            _summary.Bytes += read;
            end += read;
            if (read == 0) break;

            begin += ReadLines(buffer.AsSpan(begin, end - begin), ref isTooLong);
            var rest = end - begin;
            if (rest > LongestLine || isTooLong)
            {
                // Nothing of it is needed any more but its end.
                isTooLong = true;
                rest = 0;
            }
            buffer.AsSpan(end - rest, rest).CopyTo(buffer);
            (begin, end) = (0, rest);
            _options.Progress?.Report(_summary.Bytes);
        }
        if (end > begin || isTooLong) ReadLine(buffer.AsSpan(begin, end - begin), isTooLong);
        return _summary;
    }

    /// <summary>Reads the whole lines and says how many bytes they are.</summary>
    private int ReadLines(ReadOnlySpan<byte> text, ref bool isTooLong)
    {
        var at = 0;
        while (true)
        {
            var rest = text[at..];
            if (!isTooLong && _line.TryReadBare(rest, _hash, out var length))
            {
                _summary.Lines++;
                Accept([]);
            }
            else
            {
                length = rest.IndexOf((byte)'\n') + 1;
                if (length == 0) return at;
                ReadLine(rest[..(length - 1)], isTooLong || length - 1 > LongestLine);
                isTooLong = false;
            }
            at += length;
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, bool isTooLong)
    {
        _summary.Lines++;
        if (isTooLong)
        {
            Refuse(HashListProblem.LineTooLong);
            return;
        }
        switch (_line.Read(line, _hash, out var metadata))
        {
            case LineContent.Hash: Accept(metadata); break;
            case LineContent.Nothing: _summary.Blank++; break;
            case LineContent.OtherType: _summary.OtherTypes++; break;
            case LineContent.WrongLength: Refuse(HashListProblem.WrongLength); break;
            default: Refuse(HashListProblem.OddCharacter); break;
        }
    }

    private void Accept(ReadOnlySpan<byte> metadata) => _handler(new(_summary.Lines, _summary.Hashes++, _hash, metadata));

    private void Refuse(HashListProblem problem)
    {
        var refusal = new HashListRefusal(_summary.Lines, problem);
        if (_options.IsStrict) throw new HashListException(refusal);
        _summary.Refused++;
        if (_refusals.Count < _options.MostReports) _refusals.Add(refusal);
    }

    /// <summary>The length of the byte order mark.</summary>
    private static int SkipMark(ReadOnlySpan<byte> start)
    {
        var isUtf16 = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start.Length >= 4 && (start[0] == 0) != (start[1] == 0) && start[0] == 0 == (start[2] == 0) && start[1] == 0 == (start[3] == 0);
        if (isUtf16) throw new HashListException(new(1, HashListProblem.Utf16));
        return start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
    }
}
