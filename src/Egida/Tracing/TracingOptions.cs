using System.Net.Security;
using Egida.Platform.Fetching;

namespace Egida.Tracing;

/// <summary>The settings `Tracing:…`; the defaults are for the real world.</summary>
/// <param name="RdapBootstrap">Where `ipv4.json` and `ipv6.json` lie.</param>
/// <param name="CountryFile">CSV of start,end,country; empty: only the registries' word.</param>
internal sealed record TracingOptions(Uri RdapBootstrap, TimeSpan RdapTimeout, string? CountryFile, string? DnsServer, string? TrustAnchorFile, TimeSpan DnsTimeout,
    SslClientAuthenticationOptions Tls)
{
    public static TracingOptions From(IConfiguration configuration)
    {
        var tracing = configuration.GetSection("Tracing");
        var bootstrap = tracing["RdapBootstrap"] is { Length: > 0 } set ? set : "https://data.iana.org/rdap/";
        var options = new TracingOptions(
            Uri.TryCreate(bootstrap.EndsWith('/') ? bootstrap : bootstrap + "/", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
                ? uri
                : throw new InvalidOperationException($"Tracing:RdapBootstrap is '{bootstrap}': write an https address."),
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
}
