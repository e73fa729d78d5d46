using System.Net;
using Egida.Tracing.Rdap;

namespace Egida.Tracing;

/// <summary>What one look at a host found. Nothing is written; nothing but name servers and registries was contacted.</summary>
public abstract record TraceResult
{
    private TraceResult()
    {
    }

    /// <summary>What was answered, for the record.</summary>
    public IReadOnlyList<RawAnswer> Answers { get; init; } = [];

    /// <param name="Networks">One for each network that holds some of the addresses; the first belongs to the first address and decides.</param>
    /// <param name="Missing">Code of a source that may answer another time; null when all did.</param>
    public sealed record Found(
        DnsProof Dns, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Aliases, byte[]? DnsHash, IReadOnlyList<TracedNetwork> Networks, string? Missing) : TraceResult
    {
        /// <summary>Null for an address without a name, and for a name that no registry registers.</summary>
        public TracedName? Name { get; init; }

        /// <summary>Stands before the host; null when none is known to.</summary>
        public string? DeliveryNetwork { get; init; }

        /// <summary>Where the host really is, if somebody wrote it down: then the networks are of this address.</summary>
        public IPAddress? Origin { get; init; }

        /// <summary>`domain-rule`, or `told NETWORK`.</summary>
        public string? OriginSource { get; init; }
    }

    /// <param name="Rule">The network guard's.</param>
    public sealed record Forbidden(string Rule, IReadOnlyList<IPAddress> Addresses, DnsProof Dns, byte[]? DnsHash) : TraceResult;

    public sealed record NoAddress(bool NameExists, DnsProof Dns, byte[] DnsHash) : TraceResult;

    /// <param name="Network">`onion`, `i2p`: nobody was asked.</param>
    public sealed record Untraceable(string Network) : TraceResult;

    /// <summary>The name servers can't say now.</summary>
    public sealed record Failed(string Code) : TraceResult;
}

/// <param name="FileCountry">What the country file says of the address.</param>
/// <param name="Source">The registry's host.</param>
/// <param name="Problem">Why the registry said nothing.</param>
public sealed record TracedNetwork(
    IPAddress Address, string? Handle, string? Name, string? Range, string? Holder, long? Asn, string? AbuseMail, string? RegistryCountry, string? FileCountry,
    string? Source, byte[]? AnswerHash, string? Problem)
{
    /// <summary>Further mailboxes of the same answer.</summary>
    public IReadOnlyList<string> OtherAbuseMails { get; init; } = [];

    /// <summary>The second opinion on who takes complaints; null when nobody was asked for one.</summary>
    public AbuseContactAnswer? SecondOpinion { get; init; }

    /// <summary>SHA-256 of the country file.</summary>
    public byte[]? FileHash { get; init; }

    /// <summary>Why the country file said nothing, where it should.</summary>
    public string? FileProblem { get; init; }

    /// <summary>All mailboxes that were named, the registry's first, each once.</summary>
    public IReadOnlyList<string> Mails =>
        [.. new[] { AbuseMail }.Concat(OtherAbuseMails).Append(SecondOpinion?.Mail).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>What the registry of names says.</summary>
/// <param name="Name">The registered one.</param>
/// <param name="Source">The registry's host.</param>
/// <param name="Problem">Why it said nothing.</param>
public sealed record TracedName(string Name, string? Registrar, string? RegistrarMail, string Source, byte[]? AnswerHash, string? Problem);
