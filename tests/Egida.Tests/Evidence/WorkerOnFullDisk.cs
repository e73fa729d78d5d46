using System.Diagnostics;
using System.Globalization;
using Egida.Platform.Verbs;
using Egida.Tests.Harness;

namespace Egida.Tests.Evidence;

/// <summary>
/// `egida work` on the host's database, in a mount namespace of its own where the sealed store lies on a small file system with hardly any room.
/// Outside nothing is mounted, and no right beyond unprivileged user namespaces is needed: the outer one may mount, the inner one is nobody special,
/// so that the sandbox of pictures works as for any ordinary user.
/// </summary>
internal sealed class WorkerOnFullDisk : IDisposable
{
    private const string Script = """
        store=$1 room=$2; shift 2
        mount -t tmpfs -o size=4m tmpfs "$store.full" && cp -a "$store/." "$store.full/" || exit 1
        head -c 64M /dev/zero >"$store.full/fill" 2>/dev/null
        truncate -s "-$room" "$store.full/fill" && mount --bind "$store.full" "$store" || exit 1
        exec unshare --user --map-user=1000 --map-group=1000 "$@"
        """;

    private readonly Process process;
    private readonly string store;
    private readonly List<string> said = [];

    private WorkerOnFullDisk(Process process, string store) => (this.process, this.store) = (process, store);

    /// <param name="host">Whose database and folder.</param>
    /// <param name="room">In KiB.</param>
    public static WorkerOnFullDisk Start(EgidaHost host, int room)
    {
        var store = Path.Combine(host.Folder, "sealed");
        Directory.CreateDirectory(store);
        Directory.CreateDirectory($"{store}.full");
        string[] arguments =
        [
            "-rm", "/bin/sh", "-c", Script, "full-disk", store, string.Create(CultureInfo.InvariantCulture, $"{room}K"),
            "dotnet", typeof(WorkVerb).Assembly.Location, "work", .. host.Settings.Select(s => $"--{s.Key}={s.Value}"), "--Work:FirstPause=01:00:00",
        ];
        var info = new ProcessStartInfo("unshare", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var worker = new WorkerOnFullDisk(Process.Start(info)!, store);
        worker.process.OutputDataReceived += worker.Heard;
        worker.process.ErrorDataReceived += worker.Heard;
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>What lies in the store as the worker sees it, without what fills it.</summary>
    public List<FileInfo> Store() => [.. new DirectoryInfo($"/proc/{process.Id}/root{store}")
        .EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Name != "fill")];

    public async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            Assert.False(process.HasExited, string.Join('\n', said));
            await Task.Delay(50);
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Heard(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.Add(line.Data ?? "");
        }
    }
}
