using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Platform.Fetching;

/// <summary>
/// Takes any certificate and writes down what it was. For evidence an invalid certificate is a fact about the server, not a reason to look away:
/// nothing secret is sent, and whoever sits in between would be seen in the recorded chain (docs/decisions/0041).
/// </summary>
internal sealed class TlsWatch
{
    private IReadOnlyList<string> chain = [];
    private IReadOnlyList<string> problems = [];
    private (string Protocol, string Cipher) agreed = ("none", "none");

    public TlsFacts? Facts => chain.Count == 0 ? null : new TlsFacts(agreed.Protocol, agreed.Cipher, chain, problems);

    public void Agreed(SslStream stream) => agreed = (stream.SslProtocol.ToString(), stream.NegotiatedCipherSuite.ToString());

    public SslClientAuthenticationOptions Options(string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.None,
        RemoteCertificateValidationCallback = Accept,
        // Building a chain must not fetch what the certificate points at: that address is the hostile server's choice too.
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationFlags = X509VerificationFlags.NoFlag,
        },
    };

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? built, SslPolicyErrors errors)
    {
        chain = built is { ChainElements.Count: > 0 }
            ? [.. built.ChainElements.Select(e => Sha256(e.Certificate))]
            : certificate is null ? [] : [Sha256(certificate)];
        problems = [.. Problems(built, errors).Distinct()];
        return true;
    }

    private static IEnumerable<string> Problems(X509Chain? built, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            yield return "none";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            yield return "name";
        }

        foreach (var status in built?.ChainStatus ?? [])
        {
            if (status.Status is X509ChainStatusFlags.NotTimeValid && built!.ChainElements.Count > 0)
            {
                yield return "expired";
            }
            else if (status.Status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain)
            {
                yield return "untrusted";
            }
            else if (status.Status is not X509ChainStatusFlags.NoError)
            {
                yield return "invalid";
            }
        }
    }

    private static string Sha256(X509Certificate certificate) => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
}
