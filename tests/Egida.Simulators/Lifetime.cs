using System.Globalization;
using System.Runtime.InteropServices;

namespace Egida.Simulators;

/// <summary>Ends on SIGTERM or SIGINT; unless detached also when the pipe on stdin closes or the parent process dies,
/// so that a killed demo leaves nothing running.</summary>
internal sealed class Lifetime : IDisposable
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> held = [];

    public Lifetime(bool detached)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
        {
            held.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                ended.TrySetResult();
            }));
        }

        if (detached)
            return;

        var parent = Parent();
        held.Add(new Timer(_ => EndWhen(Parent() != parent), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));

        // A shell gives background jobs /dev/null as stdin: only a pipe says anything about its writer.
        if (File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.Name.StartsWith("pipe:", StringComparison.Ordinal) == true)
            new Thread(ReadToTheEnd) { IsBackground = true }.Start();
    }

    public Task Ended => ended.Task;

    public void Dispose() => held.ForEach(item => item.Dispose());

    private void ReadToTheEnd()
    {
        while (Console.In.Read() >= 0)
        {
        }

        ended.TrySetResult();
    }

    private void EndWhen(bool gone)
    {
        if (gone)
            ended.TrySetResult();
    }

    private static int Parent()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(afterName[1], CultureInfo.InvariantCulture);
    }
}
