using System.Security.Cryptography;

namespace Egida.Tracing.Rdap;

internal abstract record RdapAnswer
{
    private RdapAnswer()
    {
    }

    /// <summary>What was answered, byte for byte; null when nothing came.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>SHA-256 of it.</summary>
    public byte[]? RawHash => Raw is null ? null : SHA256.HashData(Raw);

    /// <param name="Server">Host of the registry that answered.</param>
    /// <param name="Hash">SHA-256 of the answer's bytes.</param>
    public sealed record Found(RdapNetwork Network, string Server, byte[] Hash) : RdapAnswer;

    /// <summary>A registered name.</summary>
    public sealed record Registered(RdapDomain Domain, string Server) : RdapAnswer;

    /// <summary>The registry knows nothing (404), or no registry is responsible.</summary>
    public sealed record Nothing(string Server, string Code) : RdapAnswer;

    /// <summary>Not now: another time may be better. The code says why, such as `rdap-busy`.</summary>
    public sealed record Unavailable(string Server, string Code) : RdapAnswer;

    /// <summary>An answer that is none: asking again won't help.</summary>
    public sealed record Unreadable(string Server, string Code) : RdapAnswer;
}
