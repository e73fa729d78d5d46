using System.Net;

namespace Egida.Platform.Fetching;

/// <summary>What the domain name system says of a host at one moment.</summary>
public abstract record DnsAnswer
{
    private DnsAnswer()
    {
    }

    /// <param name="Addresses">All of them, IPv4 first, each family in ascending order: what decides is repeatable.</param>
    /// <param name="Aliases">The names that the host's name leads to (CNAME), in order; empty without aliases.</param>
    /// <param name="TimeToLive">The shortest of the answers.</param>
    /// <param name="Hash">SHA-256 over the answers as the resolver gave them.</param>
    public sealed record Found(
        IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Aliases, TimeSpan TimeToLive, DnsSecurity Security, byte[] Hash) : DnsAnswer
    {
        /// <summary>What <see cref="Hash"/> is of: the message about IPv4 and the one about IPv6 (RFC 1035 §4), one after the other.</summary>
        public byte[] Raw { get; init; } = [];
    }

    /// <summary>NXDOMAIN, or the name exists without any address.</summary>
    public sealed record NoAddress(bool NameExists, DnsSecurity Security, byte[] Hash) : DnsAnswer
    {
        /// <summary>As of <see cref="Found.Raw"/>.</summary>
        public byte[] Raw { get; init; } = [];
    }

    /// <summary>Nothing can be said now. The code is one of `dns-timeout`, `dns-servfail`, `dns-refused`, `dns-bogus`, `dns-error`.</summary>
    public sealed record Failed(string Code) : DnsAnswer;
}

public enum DnsSecurity
{
    /// <summary>No trust anchor is configured, so signatures are not looked at.</summary>
    NotChecked,

    /// <summary>Proven by signatures up to the trust anchor.</summary>
    Secure,

    /// <summary>The zone isn't signed.</summary>
    Insecure,

    /// <summary>Signatures are missing or wrong: somebody may be lying.</summary>
    Bogus,
}
