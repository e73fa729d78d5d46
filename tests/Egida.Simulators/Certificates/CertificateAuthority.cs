using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Simulators;

/// <summary>The world's own certificate authority (RFC 5280): signs every host the world shows, and badly where asked.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 root;
    private readonly ConcurrentDictionary<string, Lazy<X509Certificate2>> hosts = new(StringComparer.OrdinalIgnoreCase);

    internal CertificateAuthority(string stateFolder)
    {
        CertificateFile = Path.Combine(stateFolder, "ca.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Egida simulated world CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-3), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(CertificateFile, root.ExportCertificatePem() + "\n");
    }

    /// <summary>PEM that clients are to trust.</summary>
    public string CertificateFile { get; }

    public X509Certificate2 Certificate => root;

    internal X509Certificate2 ForHost(string host) => hosts.GetOrAdd(host, name => new(() => Issue(name))).Value;

    public void Dispose()
    {
        root.Dispose();
        foreach (var host in hosts.Values.Where(host => host.IsValueCreated))
            host.Value.Dispose();
    }

    private X509Certificate2 Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(host).Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));

        var now = DateTimeOffset.UtcNow;
        if (host.StartsWith("selfsigned.", StringComparison.OrdinalIgnoreCase))
            return Usable(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90)));

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        var (from, until) = host.StartsWith("expired.", StringComparison.OrdinalIgnoreCase)
            ? (now.AddYears(-2), now.AddYears(-1))
            : (now.AddDays(-1), now.AddDays(90));
        using var issued = request.Create(root, from, until, RandomNumberGenerator.GetBytes(16));
        using var withKey = issued.CopyWithPrivateKey(key);
        return Usable(withKey);
    }

    private static SubjectAlternativeNameBuilder Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        return names;
    }

    // SslStream wants a key that outlives the one it was made with.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        var archive = certificate.Export(X509ContentType.Pfx);
        return X509CertificateLoader.LoadPkcs12(archive, password: null);
    }
}
