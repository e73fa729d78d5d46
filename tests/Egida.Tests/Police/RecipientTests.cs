using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Egida.Police.Sealing;

namespace Egida.Tests.Police;

public sealed class RecipientTests
{
    private static readonly DateTime Now = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1024, X509KeyUsageFlags.KeyEncipherment, -30, 10, "certificate-weak")]
    [InlineData(2048, X509KeyUsageFlags.DigitalSignature, -30, 10, "certificate-unsuitable")]
    [InlineData(2048, X509KeyUsageFlags.KeyEncipherment, -30, -1, "certificate-expired")]
    [InlineData(2048, X509KeyUsageFlags.KeyEncipherment, 2, 10, "certificate-not-yet-valid")]
    [InlineData(2048, X509KeyUsageFlags.KeyEncipherment, -30, 10, null)]
    public void A_certificate_that_does_not_serve_is_refused_with_the_reason(int bits, X509KeyUsageFlags usage, int from, int until, string? problem)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(Now.AddDays(from)), new DateTimeOffset(Now.AddDays(until)));

        Assert.Equal(problem, Recipient.Objection(certificate, Now)?.Split(':')[0]);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, "certificate-unsuitable")]
    [InlineData(X509KeyUsageFlags.KeyAgreement, null)]
    public void An_elliptic_curve_certificate_must_be_for_key_agreement(X509KeyUsageFlags usage, string? problem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        // A certificate for key agreement only can't be combined with a signing key, so it is signed from outside.
        using var certificate = request.Create(
            request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), new DateTimeOffset(Now.AddDays(-30)), new DateTimeOffset(Now.AddDays(10)), [1, 2, 3, 4]);

        Assert.Equal(problem, Recipient.Objection(certificate, Now)?.Split(':')[0]);
    }

    [Fact]
    public void A_certificate_signed_with_SHA_1_is_weak()
    {
        // The framework makes none any more.
        var folder = Directory.CreateTempSubdirectory("egida-weak-").FullName;
        OpenSsl.Run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha1", "-days", "10", "-subj", "/CN=unit", "-keyout", Path.Combine(folder, "key.pem"), "-out", Path.Combine(folder, "unit.pem"));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "unit.pem"));
        Directory.Delete(folder, recursive: true);

        Assert.StartsWith("certificate-weak: the unit's certificate is signed", Recipient.Objection(certificate, DateTime.UtcNow.AddMinutes(1)), StringComparison.Ordinal);
    }

    /// <summary>RFC 3394 §4.6: 256 bits of key under 256 bits of key.</summary>
    [Fact]
    public void The_key_wrap_gives_the_vector_of_its_RFC() => Assert.Equal(
        "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21",
        Convert.ToHexString(KeyAgreement.Wrap(
            Convert.FromHexString("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"),
            Convert.FromHexString("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F"))));
}
