using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Egida.Simulators;

namespace Egida.Tests.Simulators;

/// <summary>Programs and clients that know nothing of the simulators: what they accept is the real protocol.</summary>
internal static class OutsideClient
{
    public static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} didn't start");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    public static Task<string> Dig(World world, params string[] arguments) =>
        Run("dig", ["@127.0.0.1", "-p", $"{world.Dns.EndPoint.Port}", "+time=1", "+tries=1", .. arguments]);

    /// <summary>Leaves through the exit: connects to <paramref name="address"/> whatever the host of the request is.</summary>
    public static HttpClient Through(World world, string address)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = Trusting(world),
            ConnectCallback = async (context, cancel) =>
                await Connect(world, IPAddress.Parse(address), context.DnsEndPoint.Port, cancel)
                ?? throw new HttpRequestException("the exit refused"),
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public static HttpClient Direct(World world) => new(new SocketsHttpHandler { UseProxy = false, SslOptions = Trusting(world) });

    /// <summary>The SOCKS5 handshake byte by byte; null if the exit doesn't connect.</summary>
    public static async Task<NetworkStream?> Connect(World world, IPAddress address, int port, CancellationToken cancel = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(world.Egress.EndPoint, cancel);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var bytes = address.GetAddressBytes();
        await stream.WriteAsync((byte[])[5, 1, 0], cancel);
        var reply = new byte[12];
        await stream.ReadExactlyAsync(reply.AsMemory(0, 2), cancel);
        await stream.WriteAsync((byte[])[5, 1, 0, bytes.Length == 4 ? (byte)1 : (byte)4, .. bytes, (byte)(port >> 8), (byte)port], cancel);
        await stream.ReadExactlyAsync(reply.AsMemory(0, 10), cancel);
        if (reply[1] == 0)
            return stream;
        await stream.DisposeAsync();
        return null;
    }

    private static SslClientAuthenticationOptions Trusting(World world) => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { world.Authority.Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
