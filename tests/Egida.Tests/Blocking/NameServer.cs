using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Egida.Tests.Harness;

namespace Egida.Tests.Blocking;

/// <summary>A real BIND in a folder of its own, on a high port of this machine: some zones with addresses, and a response policy zone before them.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const string PolicyName = "rpz.operator.test";

    private readonly Process process;
    private readonly string folder;
    private readonly int port;

    private NameServer(Process process, string folder, int port) => (this.process, this.folder, this.port) = (process, folder, port);

    /// <param name="policy">The response policy zone.</param>
    /// <param name="zones">Each answers its own name and every name below it with 192.0.2.1, and <c>stop.</c> below it with 192.0.2.10.</param>
    public static async Task<NameServer> Start(string policy, params string[] zones)
    {
        var folder = Directory.CreateTempSubdirectory("egida-bind-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "policy.zone"), policy);
        foreach (var zone in zones)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{zone}.zone"), "$TTL 60\n@ IN SOA ns h 1 60 60 600 60\n@ IN NS ns\nns IN A 127.0.0.1\n@ IN A 192.0.2.1\n* IN A 192.0.2.1\nstop IN A 192.0.2.10\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "named.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            options {
              directory "{{folder}}"; listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; lock-file none;
              recursion yes; allow-query { 127.0.0.1; }; dnssec-validation no; empty-zones-enable no; notify no;
              response-policy { zone "{{PolicyName}}"; } qname-wait-recurse no;
            };
            controls { };
            zone "{{PolicyName}}" { type primary; file "policy.zone"; allow-query { none; }; };
            {{string.Join('\n', zones.Select(z => $"zone \"{z}\" {{ type primary; file \"{z}.zone\"; }};"))}}
            """));
        var process = Process.Start(new ProcessStartInfo("named", ["-g", "-n", "1", "-c", Path.Combine(folder, "named.conf")]) { RedirectStandardError = true, UseShellExecute = false })!;
        var server = new NameServer(process, folder, port);
        await server.Ready(zones[0]);
        return server;
    }

    /// <summary>What named-checkzone says of a policy zone, as an operator would ask it.</summary>
    public static async Task<(int Code, string Output)> Check(string policy)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, policy);
        var answer = await ChildProcess.Run("named-checkzone", [PolicyName, file]);
        File.Delete(file);
        return answer;
    }

    /// <summary>What a user's machine is told: the addresses, or that there is no such name.</summary>
    public async Task<string> Ask(string name)
    {
        var (_, text) = await ChildProcess.Run("dig", ["@127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "+time=2", "+tries=3", name, "A"]);
        return text.Contains("status: NXDOMAIN", StringComparison.Ordinal)
            ? "no such name"
            : string.Join(' ', text.Split('\n').Where(l => !l.StartsWith(';') && l.Contains("\tA\t", StringComparison.Ordinal)).Select(l => l[(l.LastIndexOf('\t') + 1)..]));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>It says in its log that it runs; then it answers.</summary>
    private async Task Ready(string zone)
    {
        List<string> said = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.EndsWith(" running", StringComparison.Ordinal))
            {
                // Nobody reads on by itself, and a full pipe would stop it.
                _ = process.StandardError.ReadToEndAsync();
                Assert.NotEqual("", await Ask($"there.{zone}"));
                return;
            }
        }

        Assert.Fail(string.Join('\n', said));
    }

    private static int FreePort()
    {
        // A name server listens for both.
        using var both = new TcpListener(IPAddress.Loopback, 0);
        both.Start();
        return ((IPEndPoint)both.LocalEndpoint).Port;
    }
}
