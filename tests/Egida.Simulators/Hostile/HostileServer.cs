using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Egida.Simulators;

/// <summary>The web server at 192.0.2.66 that breaks RFC 9110, RFC 9112 and good manners on purpose, over plain sockets since an honest
/// server library would refuse to. `GET /` lists what it can do. Its TLS names: hostile, expired, selfsigned and wrongname `.example`.</summary>
public sealed class HostileServer : IAsyncDisposable
{
    public const string Address = "192.0.2.66";

    private static readonly string[] Hosts = ["hostile.example", "expired.example", "selfsigned.example", "wrongname.example"];

    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener plain = new(IPAddress.Loopback, 0);
    private readonly TcpListener secure = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, HostileAnswer> answers;
    private readonly CertificateAuthority authority;
    private readonly Task serving;
    private int requests;

    internal HostileServer(DnsZone zone, CertificateAuthority authority, int canaryPort)
    {
        this.authority = authority;
        foreach (var host in Hosts)
            zone.Set(host, Address);
        answers = new Dictionary<string, HostileAnswer>(StringComparer.Ordinal);
        foreach (var (path, answer) in HostileTransfers.All().Concat(HostileRedirects.All(canaryPort)).Concat(HostileMedia.All()))
            answers.Add(path, answer);
        answers.Add("/", HostileAnswer.Whole("text/plain", () => Encoding.UTF8.GetBytes(string.Join('\n', Paths))));
        plain.Start();
        secure.Start();
        serving = Task.WhenAll(
            TcpConversations.Serve(plain, (stream, cancel) => Converse(stream, stream, cancel), stop.Token),
            TcpConversations.Serve(secure, Encrypted, stop.Token));
    }

    public IPEndPoint Http => (IPEndPoint)plain.LocalEndpoint;

    public IPEndPoint Https => (IPEndPoint)secure.LocalEndpoint;

    public IReadOnlyList<string> Paths => [.. answers.Keys.Order(StringComparer.Ordinal)];

    public int Requests => Volatile.Read(ref requests);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        plain.Stop();
        secure.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Encrypted(NetworkStream network, CancellationToken cancel)
    {
        await using var stream = new SslStream(network, leaveInnerStreamOpen: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateSelectionCallback = (_, name) => authority.ForHost(
                name is "wrongname.example" ? "another.example" : string.IsNullOrEmpty(name) ? Hosts[0] : name),
        };
        await stream.AuthenticateAsServerAsync(options, cancel);
        await Converse(stream, network, cancel);
    }

    private async Task Converse(Stream stream, NetworkStream network, CancellationToken cancel)
    {
        var head = await ReadHead(stream, cancel);
        var path = head.Split(' ') is [_, var target, ..] ? target.Split('?')[0] : "/";
        Interlocked.Increment(ref requests);
        if (!answers.TryGetValue(path, out var answer))
            answer = path.StartsWith("/tiny/", StringComparison.Ordinal) ? HostileMedia.Tiny : HostileAnswer.Status(404, "Not Found");
        await answer.Write(stream, cancel);
        if (answer.Resets)
            network.Socket.LingerState = new LingerOption(true, 0);
        else
            await stream.FlushAsync(cancel);
    }

    private static async Task<string> ReadHead(Stream stream, CancellationToken cancel)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (head.Length < 65_536 && !head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancel);
            if (read == 0)
                throw new IOException("gone before asking");
            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}
