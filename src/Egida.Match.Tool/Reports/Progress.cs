using System.Globalization;
using Egida.Match.Tool.Files;

namespace Egida.Match.Tool.Reports;

/// <summary>One line on the terminal that says how far the scan is; nothing where the output isn't a terminal.</summary>
internal sealed class Progress(TextWriter terminal, bool isTerminal, TimeProvider clock)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);
    private const int BarWidth = 24;

    private readonly long _begin = clock.GetTimestamp();
    private long _shown;
    private long _atBegin = -1;
    private long _total = -1;

    /// <summary>Counts what there is, while the scan has begun.</summary>
    public void Count(IReadOnlyList<RawPath> roots, CancellationToken cancel)
    {
        if (!isTerminal) return;
        _ = Task.Run(() =>
        {
            long total = 0;
            foreach (var root in roots)
            {
                foreach (var _ in Walk.Of(root))
                {
                    if (cancel.IsCancellationRequested) return;
                    total++;
                }
            }
            Volatile.Write(ref _total, total);
        }, CancellationToken.None);
    }

    public void Show(Tally tally, bool now = false)
    {
        if (_atBegin < 0) _atBegin = tally.Files;
        if (!isTerminal || (!now && clock.GetElapsedTime(_shown) < s_between)) return;
        _shown = clock.GetTimestamp();
        terminal.Write("\r\u001b[K" + Line(tally));
    }

    public void End()
    {
        if (isTerminal) terminal.WriteLine();
    }

    private string Line(Tally tally)
    {
        var seconds = Math.Max(0.001, clock.GetElapsedTime(_begin).TotalSeconds);
        var total = Volatile.Read(ref _total);
        // Files in archives have lines too: the share is a guess, and never more than all.
        var bar = total > 0 ? Bar(Math.Min(1, (double)tally.Files / total)) : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{bar}{tally.Files:N0} files, {(tally.Files - _atBegin) / seconds:N0}/s, {tally.Bytes / 1e9:N1} GB, {tally.Known:N0} known, {tally.Near:N0} near, {tally.Problems:N0} not wholly seen");
    }

    private static string Bar(double share)
    {
        var full = (int)(share * BarWidth);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', BarWidth - full)}] {share,4:P0} ");
    }
}
