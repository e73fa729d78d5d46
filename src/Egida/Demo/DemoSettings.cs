using System.Net;

namespace Egida.Demo;

/// <summary>
/// The settings of a demo: the same that an installation would have, pointed at the simulators, with short pauses. The adapters can't tell.
/// </summary>
internal sealed record DemoSettings(string Data, OutsideWorld World, Uri Web)
{
    private static readonly string[] DocumentationRanges = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"];

    /// <summary>Of a demo whose simulators are ready.</summary>
    public static DemoSettings Of(string data, int port) => new(data, OutsideWorld.Read(data), new Uri($"http://localhost:{port}/"));

    /// <summary>For the web, the workers and the verbs of an operator.</summary>
    public IReadOnlyDictionary<string, string> Application
    {
        get
        {
            var smtp = IPEndPoint.Parse(World.Smtp);
            return new Dictionary<string, string>(Shared)
            {
                ["Data:Folder"] = Data,
                ["Urls"] = $"http://127.0.0.1:{Web.Port}",
                ["Demo:Enabled"] = "true",
                ["Work:Poll"] = "00:00:00.200",
                ["Work:FirstPause"] = "00:00:02",
                ["Tracing:DnsServer"] = World.Dns,
                ["Tracing:RdapBootstrap"] = World.RdapBootstrap.ToString(),
                ["Tracing:AbuseContacts"] = World.AbuseContacts.ToString(),
                ["Tracing:CountryFile"] = World.GeoCsv,
                ["Mail:SmtpHost"] = smtp.Address.ToString(),
                ["Mail:SmtpPort"] = $"{smtp.Port}",
                ["Mail:Tls"] = "false",
                ["Iccam:BaseUrl"] = World.Iccam.ToString(),
                ["Iccam:Username"] = World.IccamUser,
                ["Iccam:Password"] = World.IccamPassword,
                ["Police:PortalUrl"] = Web.ToString(),
                ["TimeStamps:Url"] = World.TimeStamps.ToString(),
                ["TimeStamps:Authorities"] = World.TimeStampRoot,
                ["Takedown:GroupFor"] = "00:00:00",
                ["Takedown:PageUrl"] = Web.ToString(),
                ["Takedown:CheckClaimAfter"] = "00:00:02",
                ["Takedown:FirstCheckAfter"] = "00:00:03",
                ["Takedown:LongestPause"] = "06:00:00",
                ["Takedown:AfterMiss"] = "00:00:02",
            };
        }
    }

    /// <summary>For the capture process: the spool and the way out, nothing of the database or the keys.</summary>
    public IReadOnlyDictionary<string, string> Capture => new Dictionary<string, string>(Shared)
    {
        ["Capture:Socks"] = World.Egress,
        ["Capture:DnsServer"] = World.Dns,
    };

    private Dictionary<string, string> Shared
    {
        get
        {
            var shared = new Dictionary<string, string>
            {
                ["Capture:Spool"] = Path.Combine(Data, "spool"),
                ["Capture:Poll"] = "00:00:00.200",
                ["Tls:ExtraAuthorities"] = World.CaCertificate,
                ["Logging:LogLevel:Default"] = "Warning",
            };
            foreach (var (range, index) in DocumentationRanges.Select((r, i) => (r, i)))
            {
                shared[$"Capture:AllowedReservedRanges:{index}"] = range;
            }

            return shared;
        }
    }

    public static string[] AsArguments(IReadOnlyDictionary<string, string> settings) => [.. settings.Select(s => $"--{s.Key}={s.Value}")];
}
