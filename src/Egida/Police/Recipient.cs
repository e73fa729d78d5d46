using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Police;

/// <summary>
/// The police unit's certificate, and sealing for it: CMS EnvelopedData (RFC 5652), key transport RSAES-OAEP with SHA-256 (RFC 3560),
/// AES-256-CBC. Only the holder of its key opens what comes out; we can't.
/// </summary>
internal sealed class Recipient : IDisposable
{
    private const int SmallestKey = 2048;
    private static readonly Oid Aes256Cbc = new("2.16.840.1.101.3.4.1.42");

    private readonly X509Certificate2 certificate;

    private Recipient(X509Certificate2 certificate) => this.certificate = certificate;

    /// <summary>SHA-256 over the certificate, lower-case hex.</summary>
    public string Fingerprint => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <returns>Either the recipient or what the operator must set.</returns>
    public static (Recipient? Recipient, string? Problem) Read(string? file, DateTime now)
    {
        if (file is null)
        {
            return (null, "no-certificate: set Police:RecipientCertificate to the PEM or DER file of the police unit's certificate");
        }

        X509Certificate2 read;
        try
        {
            read = X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return (null, "certificate-unreadable: the file that Police:RecipientCertificate names can't be read as a certificate (PEM or DER)");
        }

        if (Objection(read, now) is not { } objection)
        {
            return (new Recipient(read), null);
        }

        read.Dispose();
        return (null, objection);
    }

    public byte[] Seal(byte[] content)
    {
        var cms = new EnvelopedCms(new ContentInfo(content), new AlgorithmIdentifier(Aes256Cbc));
        cms.Encrypt(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256));
        return cms.Encode();
    }

    public void Dispose() => certificate.Dispose();

    private static string? Objection(X509Certificate2 certificate, DateTime now)
    {
        using var key = certificate.GetRSAPublicKey();
        if (key is null || key.KeySize < SmallestKey)
        {
            return $"certificate-unsuitable: the police unit's certificate must hold an RSA key of at least {SmallestKey} bits";
        }

        if (certificate.NotAfter.ToUniversalTime() < now)
        {
            return "certificate-expired: ask the police unit for a new certificate and set Police:RecipientCertificate";
        }

        return certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyEncipherment)
            ? "certificate-unsuitable: the police unit's certificate isn't meant for key encipherment"
            : null;
    }
}
