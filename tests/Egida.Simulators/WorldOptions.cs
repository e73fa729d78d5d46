namespace Egida.Simulators;

/// <summary>Port 0 lets the system choose. Everything is bound to 127.0.0.1.</summary>
public sealed record WorldOptions
{
    public string StateFolder { get; init; } = Path.Combine(Path.GetTempPath(), "egida-world-" + Path.GetRandomFileName());

    public int DnsPort { get; init; }
    public int EgressPort { get; init; }
    public int SmtpPort { get; init; }
    public int PartnerPort { get; init; }
    public int ControlPort { get; init; }

    /// <summary>Where nothing may ever connect. More than one entry opens more than one listener.</summary>
    public IReadOnlyList<int> CanaryPorts { get; init; } = [0];

    /// <summary>How many generated sites besides the named ones.</summary>
    public int DemoSites { get; init; } = 40;

    /// <summary>The providers remove what they were validly told of, after <see cref="RemovalDelay"/>.</summary>
    public bool AutoRemove { get; init; } = true;

    public TimeSpan RemovalDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>ICCAM wants the client certificate of <c>world.Iccam.ClientCertificateFile</c>.</summary>
    public bool IccamWantsClientCertificate { get; init; }

    public WorldOptions WithPortBase(int first) => this with
    {
        DnsPort = first,
        EgressPort = first + 1,
        SmtpPort = first + 2,
        PartnerPort = first + 3,
        ControlPort = first + 4,
        CanaryPorts = [first + 5],
    };
}
