using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Platform.Fetching;

/// <summary>
/// Whose certificates partners' servers may show: the system's authorities and, if set, those of the PEM file <c>Tls:ExtraAuthorities</c>
/// (a ministry's own authority, a simulated outside world). Verification is never switched off.
/// </summary>
public static class TrustedAuthorities
{
    public static SslClientAuthenticationOptions Tls(IConfiguration configuration)
    {
        if (configuration["Tls:ExtraAuthorities"] is not { Length: > 0 } file)
        {
            return With(new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck });
        }

        if (!File.Exists(file))
        {
            throw new InvalidOperationException($"Tls:ExtraAuthorities is '{file}': there is no such file.");
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return With(policy);
    }

    /// <summary>A certificate that names where to fetch its issuer or revocation list must not make this process fetch anything.</summary>
    private static SslClientAuthenticationOptions With(X509ChainPolicy policy)
    {
        policy.DisableCertificateDownloads = true;
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
