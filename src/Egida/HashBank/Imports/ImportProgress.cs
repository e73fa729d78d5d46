using System.Globalization;

namespace Egida.HashBank.Imports;

/// <summary>How far an import is: a bar that is drawn anew on a terminal, else a line now and then.</summary>
internal sealed class ImportProgress(TextWriter to, bool isTerminal, TimeProvider clock)
{
    private const int Width = 30;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly long began = clock.GetTimestamp();
    private long shown = clock.GetTimestamp();
    private bool isDrawn;

    public void Report(ImportRun run)
    {
        if (clock.GetElapsedTime(shown) < (isTerminal ? OnTerminal : Elsewhere))
        {
            return;
        }

        shown = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        var share = run.Length is > 0 ? Math.Clamp((double)run.BytesRead / run.Length.Value, 0, 1) : (double?)null;
        var text = string.Create(CultureInfo.InvariantCulture, $"{run.Counts.Rows:#,0} rows, {run.Counts.Rows / Math.Max(seconds, 0.001):#,0} a second{(share is { } s ? $", {s:P0}" : "")}, {run.Counts.Refused:#,0} refused");
        if (isTerminal)
        {
            var full = (int)((share ?? 0) * Width);
            to.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {text}  ");
            isDrawn = true;
        }
        else
        {
            to.WriteLine(text);
        }
    }

    /// <summary>The next thing is written on a line of its own.</summary>
    public void End()
    {
        if (isDrawn)
        {
            to.WriteLine();
        }
    }
}
