using System.Text.Json;

namespace Egida.Simulators;

/// <summary>What another process needs to know: `world.json` and `GET /world`.</summary>
internal sealed record WorldDescription
{
    public required string Dns { get; init; }
    public required string Egress { get; init; }
    public required string Smtp { get; init; }
    public required Uri RdapBootstrap { get; init; }
    public required Uri AbuseContacts { get; init; }
    public required Uri Iccam { get; init; }
    public required string IccamUser { get; init; }
    public required string IccamPassword { get; init; }
    public required string IccamClientCertificate { get; init; }
    public required string IccamClientKey { get; init; }
    public required Uri Control { get; init; }
    public required IReadOnlyList<int> CanaryPorts { get; init; }
    public required string CaCertificate { get; init; }
    public required string GeoCsv { get; init; }
    public required string KnownPictures { get; init; }
    public required string MailFolder { get; init; }
    public required string PoliceMail { get; init; }
    public required string PoliceCertificate { get; init; }
    public required string PoliceKey { get; init; }
    public required Uri TimeStamps { get; init; }
    public required string TimeStampRoot { get; init; }
    public required string WalkPage { get; init; }
    public required IReadOnlyList<string> HostilePages { get; init; }
    public required IReadOnlyList<DemoPage> DemoPages { get; init; }
    public required int ProcessId { get; init; }

    public static WorldDescription Of(World world) => new()
    {
        Dns = world.Dns.EndPoint.ToString(),
        Egress = world.Egress.EndPoint.ToString(),
        Smtp = world.Mail.EndPoint.ToString(),
        RdapBootstrap = world.Rdap.BootstrapUrl,
        AbuseContacts = world.Rdap.AbuseContactUrl,
        Iccam = world.Iccam.Url,
        IccamUser = IccamExchange.UserName,
        IccamPassword = IccamExchange.Password,
        IccamClientCertificate = world.Iccam.ClientCertificateFile,
        IccamClientKey = world.Iccam.ClientKeyFile,
        Control = world.Control.Url,
        CanaryPorts = world.Canary.Ports,
        CaCertificate = world.Authority.CertificateFile,
        GeoCsv = world.GeoFile,
        KnownPictures = world.Known.ListFile,
        MailFolder = Path.Combine(world.StateFolder, "mail"),
        PoliceMail = PoliceOffice.Mail,
        PoliceCertificate = world.Police.CertificateFile,
        PoliceKey = world.Police.KeyFile,
        TimeStamps = world.Tsa.Url,
        TimeStampRoot = world.Tsa.RootFile,
        WalkPage = world.WalkPage,
        HostilePages = [.. world.Hostile.Paths.Select(path => "http://hostile.example" + path)],
        DemoPages = world.DemoPages,
        ProcessId = Environment.ProcessId,
    };

    public string ToJson() => JsonSerializer.Serialize(this, WorldJson.Options) + "\n";
}
