using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Simulators;

/// <summary>A root of its own and what the authority signs stamps with, well and badly. RSA, as authorities have it and openssl 1.1 still wants it.</summary>
internal sealed class TsaCertificates
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Once a process: tests start many worlds.
    private static readonly Lazy<TsaCertificates> Made = new(() => new TsaCertificates());

    private TsaCertificates()
    {
        using var rootKey = RSA.Create(2048);
        using var root = Root("CN=Simulated time-stamp root, O=Simulation, C=PL", rootKey);
        using var strangerKey = RSA.Create(2048);
        using var stranger = Root("CN=Somebody else's root, O=Simulation, C=PL", strangerKey);
        RootPem = root.ExportCertificatePem() + "\n";
        var now = DateTimeOffset.UtcNow;
        Good = Signer(root, TimeStamping, now.AddYears(-2).AddDays(1), now.AddYears(1));
        OfStranger = Signer(stranger, TimeStamping, now.AddYears(-2).AddDays(1), now.AddYears(1));
        Expired = Signer(root, TimeStamping, now.AddYears(-2).AddDays(1), now.AddYears(-1));
        NotForStamping = Signer(root, ServerAuthentication, now.AddYears(-2).AddDays(1), now.AddYears(1));
    }

    public static TsaCertificates All => Made.Value;

    public string RootPem { get; }
    public X509Certificate2 Good { get; }
    public X509Certificate2 OfStranger { get; }
    public X509Certificate2 Expired { get; }
    public X509Certificate2 NotForStamping { get; }

    private static X509Certificate2 Root(string name, RSA key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    private static X509Certificate2 Signer(X509Certificate2 root, string usage, DateTimeOffset from, DateTimeOffset until)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Simulated time-stamp authority, O=Simulation, C=PL", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        // Critical and alone (RFC 3161 §2.3).
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        using var issued = request.Create(root, from, until, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }
}
