namespace Egida.Tracing.Rdap;

internal abstract record RdapAnswer
{
    private RdapAnswer()
    {
    }

    /// <param name="Server">Host of the registry that answered.</param>
    /// <param name="Hash">SHA-256 of the answer's bytes.</param>
    public sealed record Found(RdapNetwork Network, string Server, byte[] Hash) : RdapAnswer;

    /// <summary>The registry knows nothing (404), or no registry is responsible.</summary>
    public sealed record Nothing(string Server, string Code) : RdapAnswer;

    /// <summary>Not now: another time may be better. The code says why, such as `rdap-busy`.</summary>
    public sealed record Unavailable(string Server, string Code) : RdapAnswer;

    /// <summary>An answer that is none: asking again won't help.</summary>
    public sealed record Unreadable(string Server, string Code) : RdapAnswer;
}
