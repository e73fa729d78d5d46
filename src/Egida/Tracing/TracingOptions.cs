using System.Net.Security;
using Egida.Platform.Fetching;

namespace Egida.Tracing;

/// <summary>The settings `Tracing:…`; the defaults are for the real world.</summary>
/// <param name="RdapBootstrap">Where `ipv4.json` and `ipv6.json` lie.</param>
/// <param name="AbuseContacts">RIPE's finder of abuse contacts; null: not asked.</param>
/// <param name="CountryFile">CSV of start,end,country, or a MaxMind DB (`.mmdb`); empty: only the registries' word.</param>
internal sealed record TracingOptions(Uri RdapBootstrap, Uri? AbuseContacts, TimeSpan RdapTimeout, string? CountryFile, string? DnsServer, string? TrustAnchorFile, TimeSpan DnsTimeout,
    SslClientAuthenticationOptions Tls)
{
    public static TracingOptions From(IConfiguration configuration)
    {
        var tracing = configuration.GetSection("Tracing");
        // Whoever has registries of their own (a test, a closed network) isn't sent to RIPE either.
        var own = tracing["RdapBootstrap"] is { Length: > 0 } set ? set : null;
        var finder = tracing["AbuseContacts"] ?? (own is null ? "https://rest.db.ripe.net/abuse-contact/" : "");
        var options = new TracingOptions(
            Server("Tracing:RdapBootstrap", own ?? "https://data.iana.org/rdap/"),
            finder.Length == 0 ? null : Server("Tracing:AbuseContacts", finder),
            tracing.GetValue("RdapTimeout", TimeSpan.FromSeconds(15)),
            tracing["CountryFile"] is { Length: > 0 } file ? Path.GetFullPath(file) : null,
            tracing["DnsServer"],
            tracing["TrustAnchorFile"],
            tracing.GetValue("DnsTimeout", TimeSpan.FromSeconds(10)),
            TrustedAuthorities.Tls(configuration));
        if (options.CountryFile is not null && !File.Exists(options.CountryFile))
        {
            throw new InvalidOperationException($"Tracing:CountryFile is '{options.CountryFile}': there is no such file.");
        }

        return options;
    }

    private static Uri Server(string setting, string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw new InvalidOperationException($"{setting} is '{text}': write an https address.");
}
