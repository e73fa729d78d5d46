using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Egida.Match.Tool.Archives;
using Egida.Match.Tool.Files;
using Egida.Match.Tool.Lookups;
using Egida.Match.Tool.Reports;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Verbs;

/// <summary>A scan as it was asked for.</summary>
internal sealed record ScanRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Null for none: then only what is known or wasn't seen is written out.</summary>
    public string? Report { get; init; }

    public ReportForm Form { get; init; }

    public string? State { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public int Radius { get; init; } = KnownList.UsualRadius;

    public bool Decodes { get; init; } = true;

    public ArchiveLimits Archives { get; init; } = ArchiveLimits.Default;
}

/// <summary>Scans, reports, and goes on where an interrupted scan stopped.</summary>
internal sealed class ScanRun(ScanRequest request, ILookups lookups, TimeProvider clock)
{
    /// <summary>Called after each line: tests stop there.</summary>
    internal Action<Tally>? AfterLine { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> Run(TextWriter output, TextWriter terminal, bool isTerminal, CancellationToken cancel)
    {
        IReadOnlyList<RawPath> roots = [.. request.Paths.Select(RawPath.Of)];
        foreach (var root in roots)
            if (Kernel.Look(root, follow: true) is null) throw new IOException($"'{root}' isn't there, or can't be seen.");

        var fingerprint = Fingerprint();
        var state = request.State is null ? null : ScanState.Read(request.State, fingerprint);
        if (state is { IsFinished: true })
        {
            Say(terminal, "this scan is finished. ", state.Tally);
            return state.Tally.ExitCode;
        }

        var judge = new Judge(lookups, request.Radius, request.Decodes, clock);
        await judge.RequireSandbox(cancel);
        using var report = Open(state, fingerprint, output);
        if (state is null) report.Save();
        var progress = new Progress(terminal, isTerminal, clock);
        progress.Count(roots, cancel);
        try
        {
            await new Scan(new() { Roots = roots, Threads = request.Threads, Waiting = lookups.Waiting, Archives = request.Archives }, judge).Run(state?.Done, (line, place) =>
            {
                report.Add(line, place);
                progress.Show(report.Tally);
                AfterLine?.Invoke(report.Tally);
            }, cancel);
            report.Finish();
        }
        catch (Exception e) when (e is OperationCanceledException or ListRefusedException or UsageException or IOException)
        {
            // Interrupted, the list's time is over, or the server is away: what was reported stays reported.
            report.Save();
            throw;
        }
        finally
        {
            progress.Show(report.Tally, now: true);
            progress.End();
        }
        Say(terminal, "", report.Tally);
        return report.Tally.ExitCode;
    }

    private ReportFile Open(ScanState? state, string fingerprint, TextWriter output)
    {
        var anew = new ScanState(fingerprint, null, 0, 0, default, IsFinished: false);
        if (request.Report is null) return new(new FindingsReport(output), Stream.Null, anew, null, clock);
        // Somebody's report isn't overwritten by chance.
        var file = new FileStream(request.Report, state is null ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        return new(ReportForms.Make(request.Form), file, state ?? anew, request.State, clock);
    }

    // Everything that the report depends on: gone on with under other conditions it would be neither the one nor the other.
    private string Fingerprint()
    {
        var text = new StringBuilder("egida-match scan 1\n");
        text.Append(lookups.Fingerprint);
        text.Append(CultureInfo.InvariantCulture, $"{request.Form} {request.Radius} {request.Decodes} {request.Report}\n");
        foreach (var path in request.Paths) text.Append(path).Append('\0');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Say(TextWriter terminal, string first, Tally tally) => terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"egida-match: {first}{tally.Files:N0} files, {tally.Known:N0} known, {tally.Near:N0} near, {tally.Problems:N0} not wholly seen"));
}
