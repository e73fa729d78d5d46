using System.Net;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>The outside world on one machine: name servers, networks, web sites, mailboxes, registries, partners. It speaks only real protocols,
/// knows nothing of Egida, and is bound to 127.0.0.1.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly WebServer web;
    private readonly Lazy<KnownPictures> known;
    private readonly Lazy<PoliceOffice> police;
    private IPEndPoint? sitesHttp, sitesHttps;

    private World(WorldOptions options)
    {
        Options = options;
        StateFolder = Path.GetFullPath(options.StateFolder);
        Directory.CreateDirectory(StateFolder);
        GeoFile = Path.Combine(StateFolder, "geo.csv");
        WorldNetworks.WriteGeoFile(GeoFile);

        Authority = new CertificateAuthority(StateFolder);
        Canary = new Canary(options.CanaryPorts);
        Dns = new DnsServer(options.DnsPort);
        Sites = new SiteBoard(Dns.Zone);
        foreach (var site in NamedSites.All())
            Sites.Add(site);
        DemoPages = Simulators.DemoSites.AddTo(Sites, Math.Clamp(options.DemoSites, 0, 99));
        Hostile = new HostileServer(Dns.Zone, Authority, Canary.Ports.Count > 0 ? Canary.Ports[0] : 1);
        Egress = new EgressExit(options.EgressPort, WhereIs);
        Mail = new MailServer(options.SmtpPort, StateFolder, Authority);
        Provider = new ProviderDesk(Mail, Sites, options.AutoRemove, options.RemovalDelay);
        Rdap = new RdapRegistry(Dns.Zone);
        Iccam = new IccamExchange(StateFolder, Authority, options.IccamWantsClientCertificate);
        Tsa = new TimeStampService(StateFolder);
        known = new(() => new KnownPictures(StateFolder, DemoPages));
        police = new(() => new PoliceOffice(StateFolder));
        Control = new ControlDesk(this);
        web = new WebServer(Authority,
        [
            new WebPart(0, Tls: false, Sites.Answer),
            new WebPart(0, Tls: true, Sites.Answer),
            new WebPart(options.PartnerPort, Tls: true, Partners),
            new WebPart(options.ControlPort, Tls: false, Control.Answer),
        ]);
    }

    public WorldOptions Options { get; }
    public string StateFolder { get; }

    /// <summary>`start,end,country`, no header.</summary>
    public string GeoFile { get; }

    public CertificateAuthority Authority { get; }
    public DnsServer Dns { get; }
    public EgressExit Egress { get; }
    public SiteBoard Sites { get; }
    public HostileServer Hostile { get; }
    public RdapRegistry Rdap { get; }
    public MailServer Mail { get; }
    public ProviderDesk Provider { get; }
    public IccamExchange Iccam { get; }
    public HashSharingServices HashSharing { get; } = new();
    public TimeStampService Tsa { get; }
    public Canary Canary { get; }
    public ControlDesk Control { get; }

    /// <summary>Drawn and written when first asked for.</summary>
    public KnownPictures Known => known.Value;

    /// <summary>Its key is made when first asked for.</summary>
    public PoliceOffice Police => police.Value;

    public IReadOnlyList<DemoPage> DemoPages { get; }

    /// <summary>Two known pictures and an unknown one.</summary>
    public string WalkPage => NamedSites.WalkPage;

    public static async Task<World> Start(WorldOptions? options = null)
    {
        var world = new World(options ?? new WorldOptions());
        try
        {
            var ports = await world.web.Start();
            world.sitesHttp = new IPEndPoint(IPAddress.Loopback, ports[0]);
            world.sitesHttps = new IPEndPoint(IPAddress.Loopback, ports[1]);
            world.Rdap.StartAt(ports[2]);
            world.Iccam.StartAt(ports[2]);
            world.HashSharing.StartAt(ports[2]);
            world.Tsa.StartAt(ports[2]);
            world.Control.StartAt(ports[3]);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes `world.json` to the state folder at once or not at all, and returns its path.</summary>
    public async Task<string> WriteDescription()
    {
        var file = Path.Combine(StateFolder, "world.json");
        await File.WriteAllTextAsync(file + ".part", WorldDescription.Of(this).ToJson());
        File.Move(file + ".part", file, overwrite: true);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await Egress.DisposeAsync();
        await Hostile.DisposeAsync();
        await Mail.DisposeAsync();
        await Dns.DisposeAsync();
        await Canary.DisposeAsync();
        Authority.Dispose();
    }

    private IPEndPoint? WhereIs(IPAddress address, int port)
    {
        if (address.Equals(IPAddress.Parse(HostileServer.Address)))
            return port switch { 80 => Hostile.Http, 443 => Hostile.Https, _ => null };
        return Sites.AnswersAt(address) ? port switch { 80 => sitesHttp, 443 => sitesHttps, _ => null } : null;
    }

    private Task Partners(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/rdap-bootstrap", out var rest))
            return Rdap.AnswerBootstrap(context, rest.Value!.TrimStart('/'));
        if (path.StartsWithSegments("/rdap/nl", out rest) || path.StartsWithSegments("/rdap", out rest))
            return Rdap.Answer(context, rest.Value!.TrimStart('/'));
        if (path.StartsWithSegments("/abuse-contact", out rest))
            return Rdap.AnswerAbuseContact(context, rest.Value!.TrimStart('/'));
        if (path.StartsWithSegments("/iccam", out rest))
            return Iccam.Answer(context, rest.Value!.TrimStart('/'));
        if (path.StartsWithSegments("/hash-sharing", out rest))
            return HashSharing.Answer(context, rest);
        if (path.StartsWithSegments("/tsa"))
            return Tsa.Answer(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
