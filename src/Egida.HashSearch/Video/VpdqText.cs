using System.Globalization;
using Egida.HashSearch.Video;

namespace Egida.HashSearch;

/// <summary>A line of a list that couldn't be taken.</summary>
/// <param name="Line">Its number, 1 the first.</param>
/// <param name="Reason">What is wrong with it; nothing of its content.</param>
public readonly record struct LineProblem(long Line, string Reason);

/// <summary>What a vPDQ file holds.</summary>
/// <param name="Frames">The frames of the good lines, in the file's order.</param>
/// <param name="BadLines">How many lines couldn't be taken.</param>
/// <param name="Problems">The first hundred of them.</param>
public sealed record VpdqFrames(IReadOnlyList<VideoFrame> Frames, long BadLines, IReadOnlyList<LineProblem> Problems);

/// <summary>
/// The text files in which vPDQ keeps a video (github.com/facebook/ThreatExchange, vpdq/cpp/io): one line a frame,
/// <c>frame,quality,pdq,seconds</c>, the hash as 64 hexadecimal digits. Nothing before the first line.
/// </summary>
public static class VpdqText
{
    /// <summary>A line is refused beyond this many characters.</summary>
    public const int LongestLine = 512;

    private const int MostProblems = 100;

    /// <summary>
    /// Reads all lines. Like the reference, fields after the fourth are passed over; unlike it, a bad line is reported and
    /// doesn't stop the reading. Empty lines are passed over.
    /// </summary>
    /// <param name="text">The file; a byte order mark and either kind of line end are taken.</param>
    /// <param name="mostFrames">How many frames one video may have.</param>
    /// <exception cref="InvalidDataException">There are more frames.</exception>
    public static VpdqFrames Read(TextReader text, int mostFrames = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (frames, problems, badLines) = (new List<VideoFrame>(), new List<LineProblem>(), 0L);
        var lines = new BoundedLines(text, LongestLine);
        while (lines.Next())
        {
            var line = lines.Line;
            if (lines.Number == 1) line = line.TrimStart('\uFEFF');
            if (line.IsWhiteSpace() && !lines.TooLong) continue;
            var frame = default(VideoFrame);
            if ((lines.TooLong ? $"longer than {LongestLine} characters" : Parse(line, out frame)) is { } reason)
            {
                badLines++;
                if (problems.Count < MostProblems) problems.Add(new(lines.Number, reason));
                continue;
            }
            if (frames.Count == mostFrames) throw new InvalidDataException($"Line {lines.Number}: more than {mostFrames} frames. Is this the list of one video?");
            frames.Add(frame);
        }
        return new(frames, badLines, problems);
    }

    /// <summary>Writes one line a frame, seconds with three decimals as the reference does, lines ending in a line feed.</summary>
    public static void Write(TextWriter text, IEnumerable<VideoFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(frames);
        foreach (var frame in frames) text.Write(string.Create(CultureInfo.InvariantCulture, $"{frame.Number},{frame.Quality},{frame.Pdq},{frame.Seconds:F3}\n"));
    }

    private static string? Parse(ReadOnlySpan<char> line, out VideoFrame frame)
    {
        frame = default;
        Span<Range> fields = stackalloc Range[5];
        if (line.Split(fields, ',') < 4) return "fewer than four fields: frame,quality,pdq,seconds";

        if (!int.TryParse(line[fields[0]], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            return "the frame number is not a whole number from 0";
        if (!int.TryParse(line[fields[1]], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var quality) || quality > 100)
            return "the quality is not a whole number from 0 to 100";
        if (!Hash256.TryParse(line[fields[2]].Trim(), out var pdq)) return "the hash is not 64 hexadecimal digits";
        if (!double.TryParse(line[fields[3]], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds) || seconds < 0)
            return "the time is not a number of seconds from 0";
        frame = new(number, seconds, pdq, quality);
        return null;
    }
}
