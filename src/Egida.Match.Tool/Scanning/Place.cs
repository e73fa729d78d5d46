using Egida.Match.Tool.Files;

namespace Egida.Match.Tool.Scanning;

/// <summary>How far a scan has come: a file, and how many of its lines are in the report.</summary>
/// <param name="Root">Which of the given paths.</param>
/// <param name="Path">The file.</param>
/// <param name="Lines">Of an archive that isn't through yet, how many lines.</param>
/// <param name="IsWhole">Whether all of its lines are in the report.</param>
internal sealed record Place(int Root, RawPath Path, int Lines, bool IsWhole)
{
    /// <summary>How many lines of this file are in the report already; null if all are.</summary>
    public int? LinesOf(int root, RawPath path)
    {
        var order = root != Root ? root - Root : path.OrderAgainst(Path);
        return order > 0 ? 0 : order < 0 || IsWhole ? null : Lines;
    }
}
