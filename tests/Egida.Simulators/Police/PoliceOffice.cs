using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Simulators;

/// <summary>A police unit: a mailbox and an RSA key for which packages are sealed (CMS key transport, RFC 5652).
/// The certificate is its own, as police would hand it over in person.</summary>
public sealed class PoliceOffice
{
    public const string Mail = "policja@police.example";

    internal PoliceOffice(string stateFolder)
    {
        var folder = Path.Combine(stateFolder, "police");
        Directory.CreateDirectory(folder);
        CertificateFile = Path.Combine(folder, "certificate.pem");
        KeyFile = Path.Combine(folder, "key.pem");
        if (File.Exists(CertificateFile) && File.Exists(KeyFile))
            return;

        var (key, certificate) = Made.Value;
        File.WriteAllText(KeyFile, key);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(CertificateFile, certificate);
    }

    public string CertificateFile { get; }
    public string KeyFile { get; }

    /// <summary>Certificate with its private key, to open what was sealed.</summary>
    public X509Certificate2 Open() => X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);

    // Once a process: an RSA key takes most of a second, and tests start many worlds.
    private static readonly Lazy<(string Key, string Certificate)> Made = new(() =>
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Cyberprzestępczość, O=Policja (symulacja), C=PL", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(2));
        return (key.ExportPkcs8PrivateKeyPem() + "\n", certificate.ExportCertificatePem() + "\n");
    });
}
