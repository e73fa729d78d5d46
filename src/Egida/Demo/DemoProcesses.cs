using System.Diagnostics;

namespace Egida.Demo;

/// <summary>The processes of a demo, started in order, stopped together. What they print goes to files in the data folder.</summary>
internal sealed class DemoProcesses(string logFolder) : IAsyncDisposable
{
    private readonly List<(string Name, Process Process)> running = [];

    public string LogFolder => logFolder;

    /// <summary>The first that ended although nobody asked it to.</summary>
    public string? Died => running.FirstOrDefault(r => r.Process.HasExited).Name;

    public Process Start(string name, string dll, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(logFolder);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        // The shell only points the output at the file, and becomes the process.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("log=$1; shift; exec \"$@\" >\"$log\" 2>&1");
        start.ArgumentList.Add("egida-demo");
        start.ArgumentList.Add(Path.Combine(logFolder, $"{name}.log"));
        start.ArgumentList.Add(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet");
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} doesn't start");
        running.Add((name, process));
        return process;
    }

    /// <summary>Starts, waits for the end, and says what it printed if it failed.</summary>
    public async Task Run(string name, string dll, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var process = Start(name, dll, arguments);
        await process.WaitForExitAsync(cancellation);
        running.RemoveAll(r => r.Process == process);
        if (process.ExitCode != 0)
        {
            throw new DemoFailedException($"{name} ended with {process.ExitCode}:\n{Tail(name)}");
        }
    }

    /// <summary>Resident memory of the simulators, the web, the worker, the capture process and the demo itself, in MB (proportional share of what they share).</summary>
    public long MemoryMegabytes() =>
        running.Where(r => !r.Process.HasExited).Select(r => r.Process.Id).Append(Environment.ProcessId).Sum(ProportionalKilobytes) / 1024;

    public string Tail(string name)
    {
        var file = Path.Combine(logFolder, $"{name}.log");
        return File.Exists(file) ? string.Join('\n', File.ReadLines(file).TakeLast(20)) : "";
    }

    internal static long ProportionalKilobytes(int process) =>
        File.ReadLines($"/proc/{process}/smaps_rollup").Where(l => l.StartsWith("Pss:", StringComparison.Ordinal))
            .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in Enumerable.Reverse(running).Where(r => !r.Process.HasExited))
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
        }

        foreach (var (_, process) in running)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}

/// <summary>The demo can't go on; the message says why and is meant for whoever started it.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
