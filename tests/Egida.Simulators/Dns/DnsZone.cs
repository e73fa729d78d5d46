using System.Collections.Concurrent;
using System.Net;

namespace Egida.Simulators;

/// <summary>The table of names. What isn't in it doesn't exist; what isn't below .example or .test is none of this world's business.</summary>
public sealed class DnsZone
{
    private readonly ConcurrentDictionary<string, DnsName> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> turns = new(StringComparer.OrdinalIgnoreCase);

    public void Set(DnsName name) => names[name.Name.TrimEnd('.')] = name;

    public void Set(string name, params string[] addresses) =>
        Set(new DnsName(name) { Addresses = [.. addresses.Select(IPAddress.Parse)] });

    public void Remove(string name) => names.TryRemove(name, out _);

    public DnsName? Find(string name) => names.GetValueOrDefault(name);

    public IReadOnlyList<DnsName> All => [.. names.Values.OrderBy(name => name.Name, StringComparer.Ordinal)];

    internal static bool Serves(string name) =>
        name.EndsWith(".example", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".test", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "example", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "test", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parent of an existing name exists too, without data (RFC 8020): it isn't NXDOMAIN.</summary>
    internal bool HasBelow(string name) => names.Keys.Any(other => other.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    internal IEnumerable<IPAddress> AnswersOf(DnsName name, bool v6)
    {
        var family = name.Addresses.Where(address => v6 == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)).ToArray();
        if (name.Behaviour != DnsBehaviour.Alternating || family.Length == 0)
            return family;
        var turn = turns.AddOrUpdate($"{name.Name} {v6}", 0, (_, before) => before + 1);
        return [family[turn % family.Length]];
    }

    internal void AddHostileNames()
    {
        Set("loopback.example", "127.0.0.1");
        Set("loopback6.example", "::1");
        Set("private.example", "10.1.2.3");
        Set("private172.example", "172.16.5.5");
        Set("private192.example", "192.168.1.1");
        Set("shared.example", "100.64.0.1");
        Set("linklocal.example", "169.254.169.254");
        Set("unspecified.example", "0.0.0.0");
        Set("uniquelocal.example", "fd00::1");
        Set("nat64.example", "64:ff9b::7f00:1");
        Set("mapped.example", "::ffff:127.0.0.1");
        Set("sixtofour.example", "2002:7f00:1::");
        Set("mixed.example", "192.0.2.10", "127.0.0.1");
        Set(new DnsName("rebind.example") { Addresses = [IPAddress.Parse("192.0.2.10"), IPAddress.Loopback], Behaviour = DnsBehaviour.Alternating, TimeToLive = 0 });
        Set(new DnsName("servfail.example") { Behaviour = DnsBehaviour.ServerFailure });
        Set(new DnsName("silent.example") { Behaviour = DnsBehaviour.Silent });
        Set(new DnsName("truncated.example") { Addresses = [IPAddress.Parse("192.0.2.10")], Behaviour = DnsBehaviour.TruncatedOverUdp });
        Set(new DnsName("many.example") { Addresses = [.. Enumerable.Range(1, 120).Select(i => IPAddress.Parse($"192.0.2.{i}"))] });
        Set(new DnsName("alias.example") { CanonicalName = "galeria.example" });
        Set(new DnsName("aliasloop.example") { CanonicalName = "aliasloop2.example" });
        Set(new DnsName("aliasloop2.example") { CanonicalName = "aliasloop.example" });
        Set(new DnsName("aliasnowhere.example") { CanonicalName = "does-not-exist.example" });
        Set(new DnsName("empty.example"));
    }
}
