using Egida.Simulators;

namespace Egida.Tests.Harness;

/// <summary>A simulated outside world and the settings that make a host look at it.</summary>
internal static class TestWorld
{
    public static Task<World> Start(int demoSites = 0) => World.Start(new WorldOptions
    {
        StateFolder = Directory.CreateTempSubdirectory("egida-world-").FullName,
        DemoSites = demoSites,
    });

    /// <summary>Name servers, registries and the country file; documentation ranges count as public.</summary>
    public static Dictionary<string, string> TracingSettings(this World world) => new()
    {
        ["Tracing:DnsServer"] = world.Dns.EndPoint.ToString(),
        ["Tracing:DnsTimeout"] = "00:00:10",
        ["Tracing:RdapBootstrap"] = world.Rdap.BootstrapUrl.ToString(),
        ["Tracing:AbuseContacts"] = world.Rdap.AbuseContactUrl.ToString(),
        ["Tracing:CountryFile"] = world.GeoFile,
        ["Tls:ExtraAuthorities"] = world.Authority.CertificateFile,
        ["Capture:AllowedReservedRanges:0"] = "192.0.2.0/24",
        ["Capture:AllowedReservedRanges:1"] = "198.51.100.0/24",
        ["Capture:AllowedReservedRanges:2"] = "203.0.113.0/24",
        ["Capture:AllowedReservedRanges:3"] = "2001:db8::/32",
    };
}
