using System.Security.Cryptography.X509Certificates;

namespace Egida.Police.TimeStamps;

/// <summary>Section <c>TimeStamps</c>: the authority that says when a sealed package existed (RFC 3161). Use a qualified one (eIDAS).</summary>
public sealed class TimeStampOptions
{
    /// <summary>Where it answers; empty: none is set, and sealed packages wait.</summary>
    public string Url { get; set; } = "";

    /// <summary>PEM file with the certificates of the roots that its certificate must lead to.</summary>
    public string Authorities { get; set; } = "";

    /// <summary>The policy (OID) that stamps must be made under; empty: any.</summary>
    public string Policy { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sealed package waits before the authority is asked again when it was away.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromMinutes(5);

    public bool IsSet => Url.Length > 0;

    public string? Problem() => this switch
    {
        { IsSet: false } => null,
        _ when !Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") => "TimeStamps:Url must be an http or https address.",
        _ when !File.Exists(Authorities) => "TimeStamps:Authorities must name a PEM file with the root certificates of the time-stamp authority.",
        _ when Roots().Count == 0 => "TimeStamps:Authorities holds no certificate.",
        _ => null,
    };

    internal X509Certificate2Collection Roots()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(Authorities);
        return roots;
    }
}
