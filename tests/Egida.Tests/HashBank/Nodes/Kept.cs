using System.Diagnostics;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>A program under a shell that waits for this process: it ends with it, however it ends. It can be killed at any instant.</summary>
internal sealed class Kept : IDisposable
{
    private const string Script = """
        "$@" >"$EGIDA_KEPT_LOG" 2>&1 </dev/null &
        echo $!
        read -r _
        kill -9 $! 2>/dev/null
        """;

    // Were the object collected, its end of the pipe would close and the program stop.
    private readonly Process shell;
    private readonly string log;

    private Kept(Process shell, string log, int id) => (this.shell, this.log, Id) = (shell, log, id);

    public int Id { get; }

    public bool HasEnded => IsGone();

    public string Said => File.Exists(log) ? File.ReadAllText(log) : "";

    public static async Task<Kept> Start(string log, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script, "egida-kept", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        start.Environment["EGIDA_KEPT_LOG"] = log;
        start.Environment.Remove("EGIDA_ROOT");
        var shell = Process.Start(start)!;
        return new Kept(shell, log, int.Parse((await shell.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>kill -9: it learns nothing of it.</summary>
    public void Kill()
    {
        try
        {
            Process.GetProcessById(Id).Kill();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    /// <summary>Its parent is the shell, which reads and doesn't wait: ended, it remains as a name without memory.</summary>
    private bool IsGone()
    {
        try
        {
            return File.ReadAllText($"/proc/{Id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        Kill();
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.Dispose();
    }
}
