using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Egida.Contacts;
using Egida.Platform.Secrets;

namespace Egida.Police.Sealing;

/// <summary>
/// The certificate and key with which the hotline signs packages: those that the operator names (<c>Police:SigningCertificate</c>,
/// <c>Police:SigningKey</c>), else its own, made once and kept in the key folder. The police get the certificate in person and compare its fingerprint.
/// </summary>
internal sealed class HotlineSeal : IDisposable
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string RsaWithSha256 = "1.2.840.113549.1.1.11";

    private readonly AsymmetricAlgorithm key;

    private HotlineSeal(X509Certificate2 certificate, AsymmetricAlgorithm key) => (Certificate, this.key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 over the certificate, lower-case hex.</summary>
    public string Fingerprint => Convert.ToHexStringLower(Certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <exception cref="InvalidOperationException">What the operator named can't sign; the message says what is wrong.</exception>
    public static HotlineSeal Of(KeyFolder keys, IConfiguration configuration, Institution institution, TimeProvider clock) =>
        (configuration["Police:SigningCertificate"], configuration["Police:SigningKey"]) switch
        {
            ({ Length: > 0 } certificate, { Length: > 0 } key) => Named(certificate, key),
            (null or "", null or "") => Own(keys, institution, clock),
            _ => throw new InvalidOperationException("Police:SigningCertificate and Police:SigningKey belong together: set both or neither."),
        };

    public byte[] Sign(byte[] data) => key switch
    {
        ECDsa ec => ec.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public void Algorithm(AsnWriter writer)
    {
        if (key is RSA)
        {
            writer.Algorithm(RsaWithSha256, p => p.WriteNull());
        }
        else
        {
            writer.Algorithm(EcdsaWithSha256);
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        key.Dispose();
    }

    private static HotlineSeal Named(string certificateFile, string keyFile)
    {
        try
        {
            using var both = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            AsymmetricAlgorithm key = (AsymmetricAlgorithm?)both.GetECDsaPrivateKey() ?? both.GetRSAPrivateKey()
                ?? throw new InvalidOperationException("Police:SigningKey must be an RSA or an elliptic-curve key.");
            return new HotlineSeal(X509CertificateLoader.LoadCertificate(both.RawData), key);
        }
        catch (Exception e) when (e is CryptographicException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Police:SigningCertificate and Police:SigningKey must be a PEM certificate and its PEM key: {e.Message}", e);
        }
    }

    private static HotlineSeal Own(KeyFolder keys, Institution institution, TimeProvider clock)
    {
        var key = keys.Signing("police-signing");
        var file = Path.Combine(keys.Path, "police-signing.crt");
        if (!File.Exists(file))
        {
            var draft = $"{file}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
            using (var made = Make(key, institution, clock.GetUtcNow()))
            {
                File.WriteAllText(draft, made.ExportCertificatePem() + "\n");
            }

            try
            {
                File.Move(draft, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another process was quicker; both have the same key.
                File.Delete(draft);
            }
        }

        return new HotlineSeal(X509CertificateLoader.LoadCertificateFromFile(file), key);
    }

    private static X509Certificate2 Make(ECDsa key, Institution institution, DateTimeOffset now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCountryOrRegion(institution.CountryCode);
        name.AddOrganizationName(institution.ShortName);
        name.AddCommonName($"{institution.ShortName}: police packages");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
    }
}
