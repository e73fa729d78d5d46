using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Bench.Bank;

/// <summary>The web process with TLS on loopback, and a partner's connections to it.</summary>
internal sealed class BankServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    private readonly Process _process;

    private BankServer(Process process, HttpClient partner) => (_process, Partner) = (process, partner);

    public HttpClient Partner { get; }

    /// <summary>From the start of the process to the first right answer.</summary>
    public double ReadySeconds { get; private set; }

    public static async Task<BankServer> Start(BankHotline hotline, string key, int records, CancellationToken cancellation)
    {
        var (port, certificate) = (FreePort(), Certificate(hotline.Folder));
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 16 };
        // Loopback, and a certificate that was made a moment ago.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var partner = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}/"), Timeout = s_patience };
        partner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var begin = Stopwatch.GetTimestamp();
        var server = new BankServer(hotline.Launch("serve", $"--Urls=https://127.0.0.1:{port}", $"--Kestrel:Certificates:Default:Path={certificate}"), partner);
        while (!await server.Knows(records - 1, cancellation)) await Task.Delay(20, cancellation);
        server.ReadySeconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return server;
    }

    /// <summary>A line of the kernel's account of the process, in kB.</summary>
    public long Status(string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Partner.Dispose();
        using (Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> Knows(int item, CancellationToken cancellation)
    {
        if (_process.HasExited) throw new InvalidOperationException($"The server ended with code {_process.ExitCode}.");
        try
        {
            using var answer = await Partner.PostAsync("api/v1/match", BankAsking.Content([BankAsking.Sha1(item)]), cancellation);
            return answer.IsSuccessStatusCode && BankAsking.Matches(await answer.Content.ReadAsByteArrayAsync(cancellation)) == 1;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Certificate(string folder)
    {
        var path = Path.Combine(folder, "bench.pfx");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
