using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Egida.Platform.Fetching;

namespace Egida.Tracing.Rdap;

/// <summary>
/// Asks the responsible registry about the network of an address (RFC 9082 §3.1.1) and about a registered name (§3.1.3). The reported address itself is never
/// connected to.
/// </summary>
internal sealed class RdapClient(TracingOptions options, NetworkGuard guard, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1), Usual = TimeSpan.FromHours(24), Most = TimeSpan.FromDays(7);

    private readonly HttpClient http = RdapConnections.Open([options.RdapBootstrap], guard, options.Tls);
    private readonly ConcurrentDictionary<string, (RdapBootstrap File, DateTimeOffset GoodUntil)> files = new();
    private RdapTransport? transport;

    private RdapTransport Transport => transport ??= new RdapTransport(http, clock, options.RdapTimeout);

    public Task<RdapAnswer> NetworkOf(IPAddress address, CancellationToken cancellation) => Ask(
        address.AddressFamily == AddressFamily.InterNetwork ? "ipv4.json" : "ipv6.json", file => file.ServerOf(address), $"ip/{address}", body => Read(address, body), cancellation);

    /// <param name="name">As registered, in ASCII, without a host's labels before it.</param>
    public Task<RdapAnswer> RegistrationOf(string name, CancellationToken cancellation) => Ask(
        "dns.json",
        file => file.ServerOf(name),
        $"domain/{name}",
        body => RdapDomain.Parse(body.Bytes, name) is { } domain ? new RdapAnswer.Registered(domain, body.Server) : new RdapAnswer.Unreadable(body.Server, "rdap-unreadable"),
        cancellation);

    public void Dispose() => http.Dispose();

    private async Task<RdapAnswer> Ask(
        string bootstrap, Func<RdapBootstrap, Uri?> choose, string query, Func<RdapTransport.Reply.Body, RdapAnswer> read, CancellationToken cancellation)
    {
        var (file, problem) = await Bootstrap(bootstrap, cancellation);
        if (file is null)
        {
            return new RdapAnswer.Unavailable(options.RdapBootstrap.Host, $"bootstrap: {problem}");
        }

        if (choose(file) is not { } server)
        {
            return new RdapAnswer.Nothing(options.RdapBootstrap.Host, "rdap-no-registry");
        }

        return await Transport.Get(new Uri(server, query), cancellation) switch
        {
            RdapTransport.Reply.Body body => read(body) with { Raw = body.Bytes },
            RdapTransport.Reply.NotFound nothing => new RdapAnswer.Nothing(nothing.Server, "rdap-not-found"),
            RdapTransport.Reply.Failed { Passing: true } failed => new RdapAnswer.Unavailable(failed.Server, failed.Code),
            RdapTransport.Reply.Failed failed => new RdapAnswer.Unreadable(failed.Server, failed.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

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
