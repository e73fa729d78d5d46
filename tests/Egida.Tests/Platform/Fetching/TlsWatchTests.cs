using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Egida.Platform.Fetching;

namespace Egida.Tests.Platform.Fetching;

public sealed class TlsWatchTests
{
    [Fact]
    public async Task Building_a_chain_fetches_nothing_that_the_certificate_points_at()
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        using var certificate = PointingAt($"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/issuer.cer");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = Task.Run(async () =>
        {
            using var accepted = await server.AcceptTcpClientAsync();
            await using var secure = new SslStream(accepted.GetStream());
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                // Offline: else the server itself would go looking for its issuer.
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            });
            await secure.ReadAsync(new byte[1]);
        });
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint);
        var watch = new TlsWatch();
        await using (var stream = new SslStream(client.GetStream()))
        {
            await stream.AuthenticateAsClientAsync(watch.Options("somebody.example"));
            watch.Agreed(stream);
        }

        await serving;
        Assert.False(canary.Pending());
        Assert.Contains("untrusted", watch.Facts!.Problems);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)), watch.Facts.Chain[0]);
    }

    /// <summary>Issued by an authority that the server doesn't send: a curious client would fetch it from the address in the certificate (AIA, RFC 5280 §4.2.2.1).</summary>
    private static X509Certificate2 PointingAt(string issuerAddress)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Unsent Authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=somebody.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("somebody.example");
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerAddress]));
        using var made = leaf.Create(issuer, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3, 4]);
        using var whole = made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
