using System.Net;
using Egida.Platform.Fetching;
using Egida.Tracing.Rdap;

namespace Egida.Tracing;

/// <summary>What one look at a host found. Nothing is written; nothing but name servers and registries was contacted.</summary>
public abstract record TraceResult
{
    private TraceResult()
    {
    }

    /// <param name="Networks">One for each network that holds some of the addresses; the first belongs to the first address and decides.</param>
    /// <param name="Missing">Code of a source that may answer another time; null when all did.</param>
    public sealed record Found(
        DnsProof Dns, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Aliases, byte[]? DnsHash, IReadOnlyList<TracedNetwork> Networks, string? Missing) : TraceResult;

    /// <param name="Rule">The network guard's.</param>
    public sealed record Forbidden(string Rule, IReadOnlyList<IPAddress> Addresses, DnsProof Dns, byte[]? DnsHash) : TraceResult;

    public sealed record NoAddress(bool NameExists, DnsProof Dns, byte[] DnsHash) : TraceResult;

    /// <summary>The name servers can't say now.</summary>
    public sealed record Failed(string Code) : TraceResult;
}

/// <param name="FileCountry">What the country file says of the address.</param>
/// <param name="Source">The registry's host.</param>
/// <param name="Problem">Why the registry said nothing.</param>
public sealed record TracedNetwork(
    IPAddress Address, string? Handle, string? Name, string? Range, string? Holder, long? Asn, string? AbuseMail, string? RegistryCountry, string? FileCountry,
    string? Source, byte[]? AnswerHash, string? Problem);

/// <summary>Where is a host now? Asked when an item is traced, and again at the last second before somebody is told of it.</summary>
public sealed class Tracer
{
    /// <summary>A name may have hundreds of addresses in as many networks; after so many it is a delivery network and the first ones stand for all.</summary>
    private const int MostNetworks = 4;

    private readonly DnsResolver dns;
    private readonly RdapClient rdap;
    private readonly NetworkGuard guard;
    private readonly CountryFile countries;

    internal Tracer(DnsResolver dns, RdapClient rdap, NetworkGuard guard, CountryFile countries) =>
        (this.dns, this.rdap, this.guard, this.countries) = (dns, rdap, guard, countries);

    /// <param name="host">A name in ASCII, or an address literal with or without brackets.</param>
    public async Task<TraceResult> Trace(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return await Trace(new DnsAnswer.Found([literal], [], TimeSpan.Zero, DnsSecurity.NotChecked, []), DnsProof.NotAsked, null, cancellation);
        }

        return await dns.Resolve(host, cancellation) switch
        {
            DnsAnswer.Found found => await Trace(found, Proof(found.Security), found.Hash, cancellation),
            DnsAnswer.NoAddress none => new TraceResult.NoAddress(none.NameExists, Proof(none.Security), none.Hash),
            DnsAnswer.Failed failed => new TraceResult.Failed(failed.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<TraceResult> Trace(DnsAnswer.Found found, DnsProof proof, byte[]? hash, CancellationToken cancellation)
    {
        if (guard.JudgeAll(found.Addresses) is GuardVerdict.Refused refused)
        {
            return new TraceResult.Forbidden(refused.Rule, found.Addresses, proof, hash);
        }

        var networks = new List<TracedNetwork>();
        var ranges = new List<RdapNetwork>();
        string? missing = null;
        foreach (var address in found.Addresses)
        {
            if (networks.Count == MostNetworks || ranges.Any(r => r is { First: { } first, Last: { } last } && RdapClient.Covers(first, last, address)))
            {
                continue;
            }

            var answer = await rdap.NetworkOf(address, cancellation);
            missing ??= (answer as RdapAnswer.Unavailable)?.Code;
            if (answer is RdapAnswer.Found known)
            {
                ranges.Add(known.Network);
            }

            networks.Add(Describe(address, answer, countries.Ranges?.Of(address)));
        }

        return new TraceResult.Found(proof, found.Addresses, found.Aliases, hash, networks, missing);
    }

    private static TracedNetwork Describe(IPAddress address, RdapAnswer answer, string? fileCountry) => answer switch
    {
        RdapAnswer.Found { Network: var n } f =>
            new(address, n.Handle, n.Name, n.Range, n.Holder, n.Asn, n.AbuseMail, n.Country, fileCountry, f.Server, f.Hash, null),
        RdapAnswer.Nothing nothing => Silent(address, fileCountry, nothing.Server, nothing.Code),
        RdapAnswer.Unavailable away => Silent(address, fileCountry, away.Server, away.Code),
        RdapAnswer.Unreadable odd => Silent(address, fileCountry, odd.Server, odd.Code),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TracedNetwork Silent(IPAddress address, string? fileCountry, string server, string problem) =>
        new(address, null, null, null, null, null, null, null, fileCountry, server, null, problem);

    private static DnsProof Proof(DnsSecurity security) => security switch
    {
        DnsSecurity.NotChecked => DnsProof.NotChecked,
        DnsSecurity.Secure => DnsProof.Secure,
        DnsSecurity.Insecure => DnsProof.Insecure,
        DnsSecurity.Bogus => DnsProof.Bogus,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
