using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Police.Sealing;

/// <param name="Version">Of the EnvelopedData that it stands in (RFC 5652 §6.1).</param>
/// <param name="Encoded">RecipientInfo.</param>
internal sealed record WrappedContentKey(int Version, byte[] Encoded);

/// <summary>
/// A police unit's certificate: only the holder of its key opens what is sealed for it; we can't. RSA keys get the content's key under RSAES-OAEP with
/// SHA-256 (RFC 3560), elliptic-curve keys by ECDH.
/// </summary>
internal sealed class Recipient : IDisposable
{
    private const string RsaesOaep = "1.2.840.113549.1.1.7";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int SmallestRsa = 2048;
    private const int SmallestCurve = 256;

    private static readonly string[] WeakSignatures =
        ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.113549.1.1.2", "1.3.14.3.2.29"];

    private readonly X509Certificate2 certificate;

    private Recipient(X509Certificate2 certificate) => this.certificate = certificate;

    public string Fingerprint => FingerprintOf(certificate);

    /// <summary>SHA-256 over the certificate, lower-case hex.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <returns>Either the recipient or a code and a sentence that says what somebody must do.</returns>
    public static (Recipient? Recipient, string? Problem) Of(X509Certificate2 certificate, DateTime now) =>
        Objection(certificate, now) is { } objection ? (null, objection) : (new Recipient(certificate), null);

    /// <summary>Why packages can't be sealed for it, or null.</summary>
    public static string? Objection(X509Certificate2 certificate, DateTime now)
    {
        if (certificate.NotBefore.ToUniversalTime() > now)
        {
            return $"certificate-not-yet-valid: the unit's certificate is valid only from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}; wait, or ask the unit for one that is valid now";
        }

        if (certificate.NotAfter.ToUniversalTime() < now)
        {
            return $"certificate-expired: the unit's certificate was valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; ask the unit for a new one";
        }

        using var rsa = certificate.GetRSAPublicKey();
        var needed = rsa is not null ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.KeyAgreement;
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(needed))
        {
            return $"certificate-unsuitable: the unit's certificate isn't meant for {(rsa is not null ? "key encipherment" : "key agreement")}; ask the unit for one for encryption";
        }

        using var curve = rsa is null ? certificate.GetECDiffieHellmanPublicKey() : null;
        if ((rsa?.KeySize ?? 0) < SmallestRsa && (curve?.KeySize ?? 0) < SmallestCurve)
        {
            return $"certificate-weak: the unit's certificate must hold an RSA key of at least {SmallestRsa} bits or an elliptic-curve key of at least {SmallestCurve}";
        }

        return WeakSignatures.Contains(certificate.SignatureAlgorithm.Value)
            ? "certificate-weak: the unit's certificate is signed with MD5 or SHA-1, which can be forged; ask the unit for a new one"
            : null;
    }

    /// <summary>The content's key, for this recipient only.</summary>
    public WrappedContentKey Wrap(ReadOnlySpan<byte> contentKey)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return new WrappedContentKey(0, Transport(rsa.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256)));
        }

        using var curve = certificate.GetECDiffieHellmanPublicKey()!;
        return new WrappedContentKey(2, KeyAgreement.For(certificate, curve, contentKey));
    }

    public void Dispose() => certificate.Dispose();

    /// <summary>KeyTransRecipientInfo (RFC 5652 §6.2.1).</summary>
    private byte[] Transport(byte[] encrypted) => Ber.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(0);
            w.IssuerAndSerial(certificate);
            w.Algorithm(RsaesOaep, p =>
            {
                using (p.PushSequence())
                {
                    using (p.PushSequence(new(System.Formats.Asn1.TagClass.ContextSpecific, 0)))
                    {
                        p.Algorithm(Ber.Sha256, n => n.WriteNull());
                    }

                    using (p.PushSequence(new(System.Formats.Asn1.TagClass.ContextSpecific, 1)))
                    {
                        p.Algorithm(Mgf1, m => m.Algorithm(Ber.Sha256, n => n.WriteNull()));
                    }
                }
            });
            w.WriteOctetString(encrypted);
        }
    });
}
