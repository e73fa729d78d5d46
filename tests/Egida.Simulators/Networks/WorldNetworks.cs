using System.Net;
using System.Text;

namespace Egida.Simulators;

/// <summary>The address plan: only ranges reserved for documentation (RFC 5737, RFC 3849), so that a mistake reaches nobody.</summary>
public static class WorldNetworks
{
    public static HostingNetwork Poland { get; } = new(
        IPNetwork.Parse("192.0.2.0/24"), "NET-PL-1", "PL", 64500, "Przykładowy Hosting sp. z o.o.", "abuse@hosting-pl.example");

    public static HostingNetwork PolandV6 { get; } = new(
        IPNetwork.Parse("2001:db8:1::/48"), "NET-PL-6", "PL", 64500, "Przykładowy Hosting sp. z o.o.", "abuse@hosting-pl.example");

    public static HostingNetwork Netherlands { get; } = new(
        IPNetwork.Parse("198.51.100.0/24"), "NET-NL-1", "NL", 64501, "Voorbeeld Hosting B.V.", "abuse@hosting-nl.example");

    /// <summary>A country without a hotline.</summary>
    public static HostingNetwork NoHotline { get; } = new(
        IPNetwork.Parse("203.0.113.0/25"), "NET-AQ-1", "AQ", 64502, "Polar Hosting", "abuse@hosting-aq.example");

    /// <summary>Announced by nobody who can be found: no country, RDAP answers 404.</summary>
    public static HostingNetwork Unknown { get; } = new(
        IPNetwork.Parse("203.0.113.128/25"), "NET-NONE", Country: null, 64503, "", AbuseMail: null);

    public static IReadOnlyList<HostingNetwork> All { get; } = [Poland, PolandV6, Netherlands, NoHotline, Unknown];

    public static HostingNetwork? Of(IPAddress address) => All.FirstOrDefault(network => network.Range.Contains(address));

    /// <summary>`start,end,country` without a header, as the public geolocation CSVs have it.</summary>
    internal static void WriteGeoFile(string path)
    {
        var lines = All.Where(network => network.Country is not null)
            .Select(network => $"{network.First},{network.Last},{network.Country}\n");
        File.WriteAllText(path, string.Concat(lines), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
