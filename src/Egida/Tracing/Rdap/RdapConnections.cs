using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Egida.Platform.Fetching;

namespace Egida.Tracing.Rdap;

/// <summary>
/// Connections to registries. Their addresses come from a public file and from redirects, so they pass the network guard; only servers
/// that the operator named himself (the bootstrap's, the abuse contacts') may be inside. No proxy, no cookies, no redirects of its own.
/// </summary>
internal static class RdapConnections
{
    public static HttpClient Open(IReadOnlyList<Uri> operators, NetworkGuard guard, SslClientAuthenticationOptions tls)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            SslOptions = tls,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
            ConnectCallback = async (context, cancellation) =>
            {
                var target = context.DnsEndPoint;
                var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellation);
                var named = operators.Any(own => string.Equals(target.Host, own.Host, StringComparison.OrdinalIgnoreCase) && target.Port == own.Port);
                if (!named && guard.JudgeAll(addresses) is GuardVerdict.Refused refused)
                {
                    throw new HttpRequestException($"A registry's name leads to {refused.Rule} address space.");
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(addresses, target.Port, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Accept.ParseAdd("application/rdap+json");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json;q=0.5");
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Egida/0.1");
        return http;
    }
}
