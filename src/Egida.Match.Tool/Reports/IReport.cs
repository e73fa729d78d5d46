using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>A form of report. It is written line by line, so that an interrupted one can be gone on with.</summary>
internal interface IReport
{
    /// <summary>What comes before the first line.</summary>
    void Begin(TextWriter text);

    /// <param name="report">What to report.</param>
    /// <param name="count">How many were added before.</param>
    /// <returns>Whether it has something to say of it.</returns>
    bool Add(TextWriter text, FileReport report, long count);

    /// <summary>What comes after the last line.</summary>
    void End(TextWriter text);
}
