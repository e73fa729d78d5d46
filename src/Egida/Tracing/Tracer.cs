using System.Net;
using Egida.Intake.Addresses;
using Egida.Platform.Fetching;
using Egida.Tracing.Origins;
using Egida.Tracing.Rdap;

namespace Egida.Tracing;

/// <summary>Where is a host now? Asked when an item is traced, and again at the last second before somebody is told of it.</summary>
public sealed class Tracer
{
    /// <summary>A name may have hundreds of addresses in as many networks; after so many it is a delivery network and the first ones stand for all.</summary>
    private const int MostNetworks = 4;

    /// <summary>Names of networks above the internet. A name server must never be asked for them (RFC 7686): the question would tell what was reported.</summary>
    private static readonly string[] Overlays = ["onion", "i2p"];

    private readonly DnsResolver dns;
    private readonly RdapClient rdap;
    private readonly AbuseContacts abuse;
    private readonly NetworkGuard guard;
    private readonly CountryFile countries;
    private readonly DeliveryNetworks deliveries;
    private readonly KnownOrigins origins;

    internal Tracer(DnsResolver dns, RdapClient rdap, AbuseContacts abuse, NetworkGuard guard, CountryFile countries, DeliveryNetworks deliveries, KnownOrigins origins)
    {
        (this.dns, this.rdap, this.abuse, this.guard, this.countries) = (dns, rdap, abuse, guard, countries);
        (this.deliveries, this.origins) = (deliveries, origins);
    }

    /// <summary>The overlay network whose name this is, or null.</summary>
    public static string? Overlay(string host) => Overlays.FirstOrDefault(o => host.TrimEnd('.').EndsWith($".{o}", StringComparison.OrdinalIgnoreCase));

    /// <param name="host">A name in ASCII, or an address literal with or without brackets.</param>
    public async Task<TraceResult> Trace(string host, CancellationToken cancellation)
    {
        if (Overlay(host) is { } overlay)
        {
            return new TraceResult.Untraceable(overlay);
        }

        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return await Trace(host, null, new DnsAnswer.Found([literal], [], TimeSpan.Zero, DnsSecurity.NotChecked, []), DnsProof.NotAsked, null, cancellation);
        }

        return await dns.Resolve(host, cancellation) switch
        {
            DnsAnswer.Found found => await Trace(host, PublicSuffixes.RegisteredName(host), found, Proof(found.Security), found.Hash, cancellation),
            DnsAnswer.NoAddress none => new TraceResult.NoAddress(none.NameExists, Proof(none.Security), none.Hash) { Answers = [new("dns", none.Raw)] },
            DnsAnswer.Failed failed => new TraceResult.Failed(failed.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<TraceResult> Trace(string host, string? name, DnsAnswer.Found found, DnsProof proof, byte[]? hash, CancellationToken cancellation)
    {
        IReadOnlyList<RawAnswer> told = found.Raw.Length > 0 ? [new("dns", found.Raw)] : [];
        if (guard.JudgeAll(found.Addresses) is GuardVerdict.Refused refused)
        {
            return new TraceResult.Forbidden(refused.Rule, found.Addresses, proof, hash) { Answers = told };
        }

        var delivery = deliveries.Of(found.Addresses, found.Aliases);
        var origin = await origins.Of(host, delivery, cancellation);
        var registration = name is null ? null : rdap.RegistrationOf(name, cancellation);
        var networks = new List<TracedNetwork>();
        var ranges = new List<RdapNetwork>();
        var answers = new List<RawAnswer>(told);
        string? missing = null;
        foreach (var address in origin is null ? found.Addresses : [origin.Address])
        {
            if (networks.Count == MostNetworks || ranges.Any(r => r is { First: { } first, Last: { } last } && RdapClient.Covers(first, last, address)))
            {
                continue;
            }

            var second = abuse.Of(address, cancellation);
            var answer = await rdap.NetworkOf(address, cancellation);
            missing ??= (answer as RdapAnswer.Unavailable)?.Code;
            if (answer is RdapAnswer.Found known)
            {
                ranges.Add(known.Network);
            }

            var file = countries.Of(address);
            var network = Describe(address, answer, file.Country) with { SecondOpinion = await second, FileHash = file.Hash, FileProblem = file.Problem };
            Keep(answers, $"rdap {network.Source}", answer.Raw);
            Keep(answers, $"abuse-c {network.SecondOpinion?.Server}", network.SecondOpinion?.Raw);
            networks.Add(network);
        }

        var registered = registration is null ? null : await registration;
        var traced = registered is null ? null : Describe(name!, registered);
        Keep(answers, $"rdap {traced?.Source}", registered?.Raw);
        return new TraceResult.Found(proof, found.Addresses, found.Aliases, hash, networks, missing)
        {
            Name = traced,
            Answers = answers,
            DeliveryNetwork = delivery?.Name,
            Origin = origin?.Address,
            OriginSource = origin?.Source,
        };
    }

    private static void Keep(List<RawAnswer> answers, string source, byte[]? raw)
    {
        if (raw is not null)
        {
            answers.Add(new RawAnswer(source, raw));
        }
    }

    private static TracedNetwork Describe(IPAddress address, RdapAnswer answer, string? fileCountry) => answer switch
    {
        RdapAnswer.Found { Network: var n } f =>
            new(address, n.Handle, n.Name, n.Range, n.Holder, n.Asn, n.AbuseMail, n.Country, fileCountry, f.Server, f.Hash, null)
            {
                OtherAbuseMails = n.OtherAbuseMails?.Split('\n') ?? [],
            },
        _ => new(address, null, null, null, null, null, null, null, fileCountry, Silence(answer).Server, answer.RawHash, Silence(answer).Code),
    };

    private static TracedName Describe(string name, RdapAnswer answer) => answer is RdapAnswer.Registered { Domain: var domain } registered
        ? new TracedName(name, domain.Registrar, domain.RegistrarMail, registered.Server, registered.RawHash, null)
        : new TracedName(name, null, null, Silence(answer).Server, answer.RawHash, Silence(answer).Code);

    private static (string Server, string Code) Silence(RdapAnswer answer) => answer switch
    {
        RdapAnswer.Nothing nothing => (nothing.Server, nothing.Code),
        RdapAnswer.Unavailable away => (away.Server, away.Code),
        RdapAnswer.Unreadable odd => (odd.Server, odd.Code),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static DnsProof Proof(DnsSecurity security) => security switch
    {
        DnsSecurity.NotChecked => DnsProof.NotChecked,
        DnsSecurity.Secure => DnsProof.Secure,
        DnsSecurity.Insecure => DnsProof.Insecure,
        DnsSecurity.Bogus => DnsProof.Bogus,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
