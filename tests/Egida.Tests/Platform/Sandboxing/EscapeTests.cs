using System.Net;
using System.Net.Sockets;
using System.Text;
using Egida.Platform.Sandboxing;

namespace Egida.Tests.Platform.Sandboxing;

/// <summary>A shell in the decoder's place tries to get out, under exactly the decoder's restraints.</summary>
public class EscapeTests
{
    private static readonly string[] s_tools = ["bash", "cat", "env", "head", "ls", "mount", "sleep", "tail", "unshare"];

    private static Task<ConfinedRun> Shell(string script, SandboxLimits? limits = null, int mostOutput = 10_000)
    {
        var confinement = Confinement.Of(limits ?? SandboxLimits.Default) with { Visible = [.. s_tools.Select(tool => ($"/usr/bin/{tool}", $"/usr/bin/{tool}"))] };
        return ConfinedProcess.Run(
            confinement, "content"u8.ToArray(), path => ["/usr/bin/bash", "-c", script, "bash", path], mostOutput, TimeProvider.System, CancellationToken.None);
    }

    private static async Task<string> Says(string script)
    {
        var run = await Shell(script);
        return Encoding.UTF8.GetString(run.Output.Span).Trim();
    }

    [Fact]
    public async Task The_shell_of_these_probes_works_and_can_read_the_content() =>
        Assert.Equal("content", await Says("exec /usr/bin/cat \"$1\""));

    [Fact]
    public async Task There_is_no_network()
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var port = ((IPEndPoint)canary.LocalEndpoint).Port;

        Assert.Equal("refused", await Says($"if {{ exec 3<>/dev/tcp/127.0.0.1/{port}; }} 2>/dev/null; then echo connected; else echo refused; fi"));
        Assert.False(canary.Pending());

        var interfaces = await Says("exec /usr/bin/cat /proc/net/dev");
        Assert.Equal(["lo"], interfaces.Split('\n').Skip(2).Select(line => line.Split(':')[0].Trim()));
    }

    [Fact]
    public async Task Nothing_of_the_host_can_be_seen_but_libraries()
    {
        var key = Path.Combine(AppContext.BaseDirectory, "probe.key");
        await File.WriteAllTextAsync(key, "secret");

        Assert.Equal("/dev /etc /lib /lib64 /proc /tmp /usr", await Says("echo /*"));
        Assert.Equal("", await Says(
            $"for f in {key} /etc/passwd /etc/shadow /etc/hosts /home /root /var /run /sys /usr/share /usr/local /usr/sbin; do [ -e $f ] && echo seen $f; done"));
        Assert.DoesNotContain(Environment.ProcessId.ToString(), await Says("echo /proc/[0-9]*"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_hosts_environment_gets_in()
    {
        Environment.SetEnvironmentVariable("EGIDA_PROBE", "secret");

        Assert.All((await Says("exec /usr/bin/env")).Split('\n'), line => Assert.Matches("^(DOTNET_|PWD=|SHLVL=|OLDPWD=|_=)", line));
    }

    [Fact]
    public async Task Nothing_can_be_written_but_scratch() =>
        Assert.Equal("wrote /tmp/x", await Says(
            "for f in /x /usr/x /usr/lib/x /usr/bin/bash /etc/x /dev/x /dev/shm/x /proc/sys/kernel/hostname \"$1\" /tmp/x; do { echo x > $f; } 2>/dev/null && echo wrote $f; done"));

    [Fact]
    public async Task Scratch_has_an_end()
    {
        var written = await Says("printf -v large '%10000000s' x; for i in 1 2 3; do { echo $large > /tmp/$i; } 2>/dev/null; done; exec /usr/bin/ls -l /tmp");

        var total = written.Split('\n').Skip(1).Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]));
        Assert.InRange(total, 1, SandboxLimits.Default.ScratchBytes);
    }

    [Fact]
    public async Task No_process_can_be_made()
    {
        var run = await Shell("bomb() { bomb | bomb & }; bomb; /usr/bin/ls /");

        Assert.Equal(0, run.Output.Length);
        Assert.Contains("fork", run.Complaint, StringComparison.Ordinal);
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public async Task Memory_has_an_end()
    {
        var run = await Shell("exec /usr/bin/tail /dev/zero", new SandboxLimits { AddressSpaceBytes = 200 << 20 });

        Assert.NotEqual(0, run.ExitCode);
        Assert.False(run.TimedOut);
    }

    [Fact]
    public async Task Processor_time_has_an_end()
    {
        var run = await Shell("while :; do :; done", new SandboxLimits { Processor = TimeSpan.FromSeconds(1) });

        Assert.InRange(run.ExitCode, 129, 255);
        Assert.False(run.TimedOut);
    }

    [Fact]
    public async Task Patience_has_an_end_and_nothing_is_left_behind()
    {
        const string unusual = "61234.5";

        var run = await Shell($"exec /usr/bin/sleep {unusual}", new SandboxLimits { Deadline = TimeSpan.FromSeconds(2) });

        Assert.True(run.TimedOut);
        while (Running(unusual)) await Task.Delay(20);
    }

    [Fact]
    public async Task Output_has_an_end()
    {
        var run = await Shell("exec /usr/bin/cat /dev/zero", mostOutput: 1000);

        Assert.True(run.TooMuchOutput);
        Assert.Equal(1000, run.Output.Length);
    }

    [Fact]
    public async Task Complaints_have_an_end_too()
    {
        var run = await Shell("exec /usr/bin/head -c 5000000 /dev/zero >&2");

        Assert.InRange(run.Complaint.Length, 1, 2000);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task It_is_nobody_without_any_capability_behind_a_filter()
    {
        var status = (await Says("exec /usr/bin/cat /proc/self/status")).Split('\n')
            .Select(line => line.Split(':')).ToDictionary(pair => pair[0], pair => pair[1].Trim());

        Assert.Equal("65534\t65534\t65534\t65534", status["Uid"]);
        Assert.Equal("65534\t65534\t65534\t65534", status["Gid"]);
        Assert.All(["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"], set => Assert.Equal("0000000000000000", status[set]));
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
    }

    [Theory]
    [InlineData("/usr/bin/unshare --user /usr/bin/ls")]
    [InlineData("/usr/bin/unshare --net /usr/bin/ls")]
    [InlineData("/usr/bin/mount -t tmpfs none /tmp")]
    public async Task The_namespaces_can_not_be_changed_from_inside(string attempt)
    {
        var run = await Shell("exec " + attempt);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(0, run.Output.Length);
    }

    private static bool Running(string argument) =>
        Directory.EnumerateDirectories("/proc").Any(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0').Contains(argument);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });
}
