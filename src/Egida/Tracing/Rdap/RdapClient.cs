using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Egida.Platform.Fetching;

namespace Egida.Tracing.Rdap;

/// <summary>Asks the responsible registry about the network of an address (RFC 9082 §3.1.1). The reported address itself is never connected to.</summary>
internal sealed class RdapClient(TracingOptions options, NetworkGuard guard, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1), Usual = TimeSpan.FromHours(24), Most = TimeSpan.FromDays(7);

    private readonly HttpClient http = RdapConnections.Open(options.RdapBootstrap, guard, options.Tls);
    private readonly ConcurrentDictionary<string, (RdapBootstrap File, DateTimeOffset GoodUntil)> files = new();
    private RdapTransport? transport;

    private RdapTransport Transport => transport ??= new RdapTransport(http, clock, options.RdapTimeout);

    public async Task<RdapAnswer> NetworkOf(IPAddress address, CancellationToken cancellation)
    {
        var (file, problem) = await Bootstrap(address.AddressFamily == AddressFamily.InterNetwork ? "ipv4.json" : "ipv6.json", cancellation);
        if (file is null)
        {
            return new RdapAnswer.Unavailable(options.RdapBootstrap.Host, $"bootstrap: {problem}");
        }

        if (file.ServerOf(address) is not { } server)
        {
            return new RdapAnswer.Nothing(options.RdapBootstrap.Host, "rdap-no-registry");
        }

        return await Transport.Get(new Uri(server, $"ip/{address}"), cancellation) switch
        {
            RdapTransport.Reply.Body body => Read(address, body),
            RdapTransport.Reply.NotFound nothing => new RdapAnswer.Nothing(nothing.Server, "rdap-not-found"),
            RdapTransport.Reply.Failed { Passing: true } failed => new RdapAnswer.Unavailable(failed.Server, failed.Code),
            RdapTransport.Reply.Failed failed => new RdapAnswer.Unreadable(failed.Server, failed.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public void Dispose() => http.Dispose();

    /// <summary>An answer about another network than the one asked for is no answer.</summary>
    private static RdapAnswer Read(IPAddress address, RdapTransport.Reply.Body body) => RdapNetwork.Parse(body.Bytes) switch
    {
        null => new RdapAnswer.Unreadable(body.Server, "rdap-unreadable"),
        { First: { } first, Last: { } last } when !Covers(first, last, address) => new RdapAnswer.Unreadable(body.Server, "rdap-other-network"),
        var network => new RdapAnswer.Found(network, body.Server, SHA256.HashData(body.Bytes)),
    };

    internal static bool Covers(IPAddress first, IPAddress last, IPAddress address)
    {
        var (low, high, at) = (first.GetAddressBytes(), last.GetAddressBytes(), address.GetAddressBytes());
        return low.Length == at.Length && high.Length == at.Length
            && low.AsSpan().SequenceCompareTo(at) <= 0 && at.AsSpan().SequenceCompareTo(high) <= 0;
    }

    /// <summary>Kept as long as its sender allows. When it can't be fetched anew, the old one serves on: registries move slowly.</summary>
    private async Task<(RdapBootstrap? File, string? Problem)> Bootstrap(string name, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (files.TryGetValue(name, out var known) && now < known.GoodUntil)
        {
            return (known.File, null);
        }

        var reply = await Transport.Get(new Uri(options.RdapBootstrap, name), cancellation);
        var problem = (reply as RdapTransport.Reply.Failed)?.Code ?? "rdap-not-found";
        if (reply is RdapTransport.Reply.Body body)
        {
            try
            {
                var file = RdapBootstrap.Parse(body.Bytes);
                var good = TimeSpan.FromSeconds(Math.Clamp((body.Freshness ?? Usual).TotalSeconds, Least.TotalSeconds, Most.TotalSeconds));
                files[name] = (file, now + good);
                return (file, null);
            }
            catch (InvalidDataException)
            {
                problem = "rdap-unreadable";
            }
        }

        return (known.File, problem);
    }
}
