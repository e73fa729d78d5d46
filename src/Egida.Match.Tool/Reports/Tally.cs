using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>What was found so far.</summary>
/// <param name="Files">Everything that has a line.</param>
/// <param name="Bytes">Read.</param>
/// <param name="Known">Known by a digest.</param>
/// <param name="Near">Near a known picture or video.</param>
/// <param name="Problems">Not looked at, or not wholly.</param>
internal readonly record struct Tally(long Files, long Bytes, long Known, long Near, long Problems)
{
    public Tally With(FileReport report) => new(
        Files + 1, Bytes + (report.Content?.Length ?? 0),
        Known + (report.Status == FileStatus.Known ? 1 : 0), Near + (report.Status == FileStatus.Near ? 1 : 0),
        Problems + (report.Problem is { IsHarmless: false } ? 1 : 0));

    public int ExitCode => Known + Near > 0 ? ExitCodes.Known : Problems > 0 ? ExitCodes.NotAllSeen : ExitCodes.NothingKnown;
}
