using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Egida.Platform.Sandboxing;

/// <summary>How a confined program ended. <see cref="Output"/> never has more than <c>mostOutput</c> bytes.</summary>
/// <param name="ExitCode">As bubblewrap passes it on: above 128 a signal.</param>
/// <param name="TimedOut">It was killed at the deadline.</param>
/// <param name="TooMuchOutput">It was killed for writing more than it may.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Complaint">The first line of its standard error; after hostile content, hostile text.</param>
internal sealed record ConfinedRun(int ExitCode, bool TimedOut, bool TooMuchOutput, ReadOnlyMemory<byte> Output, string Complaint);

/// <summary>How a confined program ended whose output was read while it ran.</summary>
/// <param name="ExitCode">As bubblewrap passes it on: above 128 a signal.</param>
/// <param name="TimedOut">It was killed at the deadline.</param>
/// <param name="Stopped">It was killed because the reader had enough.</param>
internal sealed record ConfinedEnd(int ExitCode, bool TimedOut, bool Stopped);

/// <summary>Runs one program under <see cref="Confinement"/>, with one file to read, up to a deadline.</summary>
internal static class ConfinedProcess
{
    private const int MostComplaint = 2000;
    private static readonly Lock s_starting = new();
    private static readonly byte[] s_filter = SystemCallFilter.Compile();

    /// <param name="confinement">The restraints.</param>
    /// <param name="content">What the program may read.</param>
    /// <param name="program">Its path and arguments, given the path of the content.</param>
    /// <param name="mostOutput">How many bytes it may write.</param>
    /// <param name="clock">Measures the deadline.</param>
    /// <param name="cancel">Kills the program.</param>
    public static async Task<ConfinedRun> Run(
        Confinement confinement, ReadOnlyMemory<byte> content, Func<string, IReadOnlyList<string>> program, int mostOutput,
        TimeProvider clock, CancellationToken cancel)
    {
        var (output, complaint) = (ReadOnlyMemory<byte>.Empty, "");
        var end = await Run(confinement, content, program, ReadOutput, errors => complaint = FirstLine(errors), clock, cancel);
        return new(end.ExitCode, end.TimedOut, end.Stopped, output, complaint);

        bool ReadOutput(Stream stream)
        {
            (output, var tooMuch) = ReadUpTo(stream, mostOutput);
            return !tooMuch;
        }
    }

    /// <summary>The same for output that is too much to keep: it is read while the program runs.</summary>
    /// <param name="readOutput">Reads standard output to its end; false if it has had enough and the program is to be killed.</param>
    /// <param name="readErrors">Reads standard error to its end, on another thread.</param>
    public static Task<ConfinedEnd> Run(
        Confinement confinement, ReadOnlyMemory<byte> content, Func<string, IReadOnlyList<string>> program,
        Func<Stream, bool> readOutput, Action<Stream> readErrors, TimeProvider clock, CancellationToken cancel) =>
        // "Die with parent" means the thread that started it: a thread of its own, which stays until the end.
        Task.Factory.StartNew(
            () => RunHere(confinement, content, program, readOutput, readErrors, clock, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ConfinedEnd RunHere(
        Confinement confinement, ReadOnlyMemory<byte> content, Func<string, IReadOnlyList<string>> program,
        Func<Stream, bool> readOutput, Action<Stream> readErrors, TimeProvider clock, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(confinement.Limits.Deadline, clock);
        var started = clock.GetTimestamp();
        using var process = Start(confinement, content, program);
        using var onDeadline = deadline.Token.Register(() => Kill(process));
        using var onCancel = cancel.Register(() => Kill(process));

        process.StandardInput.Close();
        var errors = Task.Factory.StartNew(() => readErrors(process.StandardError.BaseStream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var stopped = !readOutput(process.StandardOutput.BaseStream);
        if (stopped) Kill(process);
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        errors.GetAwaiter().GetResult();
        // A busy machine may fire the timer late: what took longer than allowed isn't taken, even if it came to its end.
        var late = deadline.IsCancellationRequested || clock.GetElapsedTime(started) >= confinement.Limits.Deadline;
        return new(process.ExitCode, late, stopped);
    }

    private static Process Start(Confinement confinement, ReadOnlyMemory<byte> content, Func<string, IReadOnlyList<string>> program)
    {
        using var filter = AnonymousFile.Of(s_filter);
        using var input = AnonymousFile.Of(content);
        var start = new ProcessStartInfo(Confinement.Bubblewrap, confinement.Arguments(filter.Descriptor, program(input.Path)))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            // One at a time, so that no sandbox inherits what is meant for another.
            lock (s_starting)
            {
                filter.LetChildrenInherit();
                input.LetChildrenInherit();
                var process = Process.Start(start)!;
                filter.Dispose();
                input.Dispose();
                return process;
            }
        }
        catch (Win32Exception e)
        {
            throw new SandboxUnavailableException($"{Confinement.Bubblewrap} doesn't start ({e.NativeErrorCode})");
        }
    }

    // Everything inside is in bubblewrap's process namespace and dies with it, once that stands. Before, its other half still waits for
    // word from the first and would wait for ever, holding the pipes: so both are killed.
    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static (ReadOnlyMemory<byte> Output, bool TooMuch) ReadUpTo(Stream stream, int most)
    {
        var buffer = new byte[Math.Min(most, 1 << 16) + 1];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, most + 1L));
            var read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0) return (buffer.AsMemory(0, length), false);
            length += read;
            if (length > most) return (buffer.AsMemory(0, most), true);
        }
    }

    // Reads on to the end, so that a talkative program doesn't block, and keeps the beginning.
    private static string FirstLine(Stream stream)
    {
        var kept = new byte[MostComplaint];
        var length = 0;
        var buffer = new byte[4096];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            var room = Math.Min(read, kept.Length - length);
            buffer.AsSpan(0, room).CopyTo(kept.AsSpan(length));
            length += room;
        }
        return Encoding.UTF8.GetString(kept, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("no message").Trim();
    }
}
