using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Egida.Contacts;
using Egida.Platform.Secrets;
using Egida.Police.Sealing;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Police;

public sealed class SealingTests : IDisposable
{
    private static readonly Institution Us = new("Hotline", "Hotline", "Hotline", "hotline@egida.example", "egida.example", "1", "Street 1", "PL");

    private readonly string folder = Directory.CreateTempSubdirectory("egida-seal-").FullName;
    private readonly HotlineSeal seal;

    public SealingTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Keys:Folder"] = At("keys"), ["Data:Folder"] = folder }).Build();
        seal = HotlineSeal.Of(new KeyFolder(configuration), configuration, Us, TimeProvider.System);
        File.WriteAllText(At("seal.pem"), seal.Certificate.ExportCertificatePem());
    }

    [Theory]
    [InlineData("rsa", 0)]
    [InlineData("rsa", 1)]
    [InlineData("rsa", 15)]
    [InlineData("rsa", 16)]
    [InlineData("rsa", 65_535)]
    [InlineData("rsa", 65_536)]
    [InlineData("rsa", 65_537)]
    [InlineData("rsa", 1_500_000)]
    [InlineData("nistP256", 65_536)]
    [InlineData("nistP384", 70_000)]
    [InlineData("nistP521", 3)]
    public void OpenSSL_decrypts_and_verifies_content_of_any_length_for_any_key(string key, int length)
    {
        using var certificate = Unit(key);
        var content = RandomNumberGenerator.GetBytes(length);

        File.WriteAllBytes(At("in.p7m"), Message(certificate, content));

        OpenSsl.Run("cms", "-decrypt", "-binary", "-inform", "DER", "-in", At("in.p7m"), "-inkey", At("unit.key"), "-recip", At("unit.pem"), "-out", At("in.p7s"));
        OpenSsl.Run("cms", "-verify", "-binary", "-inform", "DER", "-in", At("in.p7s"), "-CAfile", At("seal.pem"), "-out", At("out"));
        Assert.Equal(content, File.ReadAllBytes(At("out")));
        var signed = new SignedCms();
        signed.Decode(File.ReadAllBytes(At("in.p7s")));
        signed.CheckSignature(verifySignatureOnly: true);
    }

    [Fact]
    public void One_flipped_bit_inside_and_the_signature_does_not_hold()
    {
        using var certificate = Unit("rsa");
        File.WriteAllBytes(At("in.p7m"), Message(certificate, RandomNumberGenerator.GetBytes(1000)));
        OpenSsl.Run("cms", "-decrypt", "-binary", "-inform", "DER", "-in", At("in.p7m"), "-inkey", At("unit.key"), "-out", At("in.p7s"));
        var signed = File.ReadAllBytes(At("in.p7s"));
        signed[300] ^= 1;
        File.WriteAllBytes(At("in.p7s"), signed);

        Assert.NotEqual(0, OpenSsl.Try("openssl", ["cms", "-verify", "-binary", "-inform", "DER", "-in", At("in.p7s"), "-CAfile", At("seal.pem"), "-out", At("out")]).Code);
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        using var certificate = Unit("rsa");
        File.WriteAllBytes(At("in.p7m"), Message(certificate, RandomNumberGenerator.GetBytes(1000)));
        using var other = Unit("rsa");

        Assert.NotEqual(0, OpenSsl.Try("openssl", ["cms", "-decrypt", "-inform", "DER", "-in", At("in.p7m"), "-inkey", At("unit.key"), "-recip", At("unit.pem"), "-out", At("out")]).Code);
    }

    [Fact]
    public void What_is_poured_through_is_not_gathered_in_memory()
    {
        using var certificate = Unit("rsa");
        using var recipient = Recipient.Of(certificate, DateTime.UtcNow).Recipient!;
        var block = new byte[1 << 20];
        using var encrypted = new EncryptedMessage(Stream.Null, recipient);
        using var signed = new SignedMessage(encrypted, seal, DateTime.UtcNow);
        signed.Write(block);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var megabyte = 0; megabyte < 256; megabyte++)
        {
            signed.Write(block);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        signed.Finish();
        encrypted.Finish();
    }

    [Fact]
    public void The_seal_stays_the_same_from_start_to_start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Keys:Folder"] = At("keys"), ["Data:Folder"] = folder }).Build();
        using var again = HotlineSeal.Of(new KeyFolder(configuration), configuration, Us, TimeProvider.System);

        Assert.Equal(seal.Fingerprint, again.Fingerprint);
    }

    public void Dispose()
    {
        seal.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string At(string name) => Path.Combine(folder, name);

    private byte[] Message(X509Certificate2 certificate, byte[] content)
    {
        // The recipient owns its certificate.
        using var recipient = Recipient.Of(X509CertificateLoader.LoadCertificate(certificate.RawData), DateTime.UtcNow).Recipient!;
        using var all = new MemoryStream();
        using (var encrypted = new EncryptedMessage(all, recipient))
        using (var signed = new SignedMessage(encrypted, seal, DateTime.UtcNow))
        {
            signed.Write(content);
            signed.Finish();
            encrypted.Finish();
        }

        return all.ToArray();
    }

    private X509Certificate2 Unit(string kind)
    {
        CertificateRequest request;
        string pem;
        if (kind == "rsa")
        {
            using var key = RSA.Create(2048);
            (request, pem) = (new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), key.ExportPkcs8PrivateKeyPem());
            return Made(request, pem);
        }

        using var curve = ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        (request, pem) = (new CertificateRequest("CN=unit", curve, HashAlgorithmName.SHA256), curve.ExportPkcs8PrivateKeyPem());
        return Made(request, pem);
    }

    private X509Certificate2 Made(CertificateRequest request, string pem)
    {
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        File.WriteAllText(At("unit.pem"), made.ExportCertificatePem());
        File.WriteAllText(At("unit.key"), pem);
        return made;
    }
}
