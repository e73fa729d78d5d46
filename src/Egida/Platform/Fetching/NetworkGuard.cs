using System.Net;
using System.Net.Sockets;

namespace Egida.Platform.Fetching;

/// <summary>
/// May this address be connected to? Decides on the <see cref="IPAddress"/> that would be connected, never on a text: `0177.0.0.1`, `127。0。0。1`,
/// `localhost.` and `[64:ff9b::7f00:1]` all look different and lead to the same place. Reserved space after the IANA special-purpose
/// registries (RFC 6890 and its updates); IPv6 outside global unicast (2000::/3) is refused whatever it is.
/// </summary>
public sealed class NetworkGuard
{
    /// <summary>The most specific range stands before the one that holds it: the verdict names the first that fits.</summary>
    private static readonly ReservedRange[] Reserved =
    [
        new("unspecified", "0.0.0.0/8"),
        new("private", "10.0.0.0/8"),
        new("shared-carrier", "100.64.0.0/10"),
        new("loopback", "127.0.0.0/8"),
        new("link-local", "169.254.0.0/16"),
        new("private", "172.16.0.0/12"),
        new("protocol-assignments", "192.0.0.0/24"),
        new("documentation", "192.0.2.0/24"),
        new("6to4-relay", "192.88.99.0/24"),
        new("private", "192.168.0.0/16"),
        new("benchmarking", "198.18.0.0/15"),
        new("documentation", "198.51.100.0/24"),
        new("documentation", "203.0.113.0/24"),
        new("multicast", "224.0.0.0/4"),
        new("reserved", "240.0.0.0/4"),
        new("unspecified", "::/128"),
        new("loopback", "::1/128"),
        new("ipv4-compatible", "::/96"),
        new("nat64", "64:ff9b::/96"),
        new("nat64", "64:ff9b:1::/48"),
        new("discard", "100::/64"),
        new("teredo", "2001::/32"),
        new("protocol-assignments", "2001::/23"),
        new("documentation", "2001:db8::/32"),
        new("6to4", "2002::/16"),
        new("documentation", "3fff::/20"),
        new("unique-local", "fc00::/7"),
        new("link-local", "fe80::/10"),
        new("site-local", "fec0::/10"),
        new("multicast", "ff00::/8"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly IPNetwork[] allowed;
    private readonly IPNetwork[] own;

    /// <param name="allowedReservedRanges">Documentation ranges that may be connected to: for simulated outside worlds.</param>
    /// <param name="ownPrefixes">The institution's own public addresses: a reported address must not lead back here.</param>
    /// <exception cref="InvalidOperationException">A range can't be read, or an allowed one isn't for documentation.</exception>
    public NetworkGuard(IEnumerable<string> allowedReservedRanges, IEnumerable<string> ownPrefixes)
    {
        allowed = [.. allowedReservedRanges.Select(text => ReadDocumentation(text))];
        own = [.. ownPrefixes.Select(text => Read(text, "Capture:OwnPrefixes"))];
    }

    public static NetworkGuard From(IConfiguration configuration) =>
        new(List(configuration, "Capture:AllowedReservedRanges"), List(configuration, "Capture:OwnPrefixes"));

    public GuardVerdict Judge(IPAddress address)
    {
        // A mapped address is an IPv4 address in disguise: no honest name has one, so even a public one inside is refused.
        if (address.IsIPv4MappedToIPv6)
        {
            return Judge(address.MapToIPv4()) is GuardVerdict.Refused inner
                ? inner with { Rule = $"ipv4-mapped-{inner.Rule}" }
                : new GuardVerdict.Refused("ipv4-mapped");
        }

        if (allowed.Any(range => range.Contains(address)))
        {
            return GuardVerdict.Allowed.Instance;
        }

        if (own.Any(range => range.Contains(address)))
        {
            return new GuardVerdict.Refused("own-network");
        }

        if (Array.Find(Reserved, range => range.Network.Contains(address)) is { Rule: { } rule })
        {
            return new GuardVerdict.Refused(rule);
        }

        return address.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(address)
            ? GuardVerdict.Allowed.Instance
            : new GuardVerdict.Refused("not-global-unicast");
    }

    /// <summary>Every answer of a name must be public, else the name as a whole is refused: one bad answer is a trap set for the next look-up.</summary>
    public GuardVerdict JudgeAll(IReadOnlyCollection<IPAddress> addresses) =>
        addresses.Count == 0
            ? new GuardVerdict.Refused("no-address")
            : addresses.Select(Judge).FirstOrDefault(verdict => verdict is GuardVerdict.Refused) ?? GuardVerdict.Allowed.Instance;

    private static IPNetwork ReadDocumentation(string text)
    {
        var range = Read(text, "Capture:AllowedReservedRanges");
        var documentation = Array.Exists(Reserved, r => r.Rule == "documentation"
            && r.Network.Contains(range.BaseAddress) && r.Network.PrefixLength <= range.PrefixLength);
        return documentation
            ? range
            : throw new InvalidOperationException($"Capture:AllowedReservedRanges lists {text}: only documentation ranges (RFC 5737, 3849, 9637) may be listed.");
    }

    private static IPNetwork Read(string text, string setting) =>
        IPNetwork.TryParse(text, out var range)
            ? range
            : throw new InvalidOperationException($"{setting} lists '{text}': write a range such as 192.0.2.0/24.");

    private static string[] List(IConfiguration configuration, string key) => configuration.GetSection(key).Get<string[]>() ?? [];

    private readonly record struct ReservedRange(string Rule, IPNetwork Network)
    {
        public ReservedRange(string rule, string network)
            : this(rule, IPNetwork.Parse(network))
        {
        }
    }
}

public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    public sealed record Allowed : GuardVerdict
    {
        public static readonly Allowed Instance = new();
    }

    /// <param name="Rule">Which rule refuses: a code that may be shown and logged, for instance `loopback`.</param>
    public sealed record Refused(string Rule) : GuardVerdict;
}
