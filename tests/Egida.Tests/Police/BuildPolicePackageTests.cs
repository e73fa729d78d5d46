using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Egida.Evidence;
using Egida.Platform.Actions;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Police;

public sealed class BuildPolicePackageTests
{
    [Theory, OnBothDatabases]
    public async Task The_police_open_the_package_with_their_key_and_every_line_of_every_manifest_holds(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();

        await bench.Build();

        var package = Assert.Single(await bench.Packages());
        Assert.Equal("EG-2026-000001", package.Reference);
        var encrypted = await File.ReadAllBytesAsync(bench.PathOf(package));
        Assert.Equal((package.Size, package.Sha256), (encrypted.LongLength, Convert.ToHexStringLower(SHA256.HashData(encrypted))));
        var files = bench.Open(encrypted);
        Assert.All(files.Keys, name => Assert.StartsWith("EG-2026-000001/", name, StringComparison.Ordinal));
        Assert.Equal("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", Text(files, "bagit.txt"));
        foreach (var (manifest, hash) in Manifests)
        {
            var lines = Text(files, manifest).TrimEnd('\n').Split('\n').Select(l => l.Split("  ", 2)).ToList();
            Assert.All(lines, l => Assert.Equal(l[0], Convert.ToHexStringLower(hash(files[$"EG-2026-000001/{l[1]}"]))));
            var listed = manifest.StartsWith("tag", StringComparison.Ordinal)
                ? files.Keys.Where(f => !f.Contains("/data/", StringComparison.Ordinal) && !f.Contains("tagmanifest", StringComparison.Ordinal))
                : files.Keys.Where(f => f.Contains("/data/", StringComparison.Ordinal));
            Assert.Equal(listed.Select(f => f["EG-2026-000001/".Length..]).Order(StringComparer.Ordinal), lines.Select(l => l[1]).Order(StringComparer.Ordinal));
        }

        var payload = files.Where(f => f.Key.Contains("/data/", StringComparison.Ordinal)).ToList();
        Assert.Contains($"Payload-Oxum: {payload.Sum(f => f.Value.Length)}.{payload.Count}\n", Text(files, "bag-info.txt"), StringComparison.Ordinal);
        Assert.Equal(PoliceBench.Page, files["EG-2026-000001/data/objects/001-page.bin"]);
        Assert.Equal(PoliceBench.Picture, files["EG-2026-000001/data/objects/002-media.png"]);
        Assert.Equal(2, package.Objects);
        Assert.Contains("http://galeria.example/strona", Text(files, "data/summary.html"), StringComparison.Ordinal);
        Assert.Contains("Zgłoszony adres", Text(files, "data/summary.html"), StringComparison.Ordinal);
        Assert.Contains("PolicePackageSealed", await bench.Host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task The_chain_of_custody_in_the_package_holds_up_to_the_export_itself(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();

        await bench.Build();

        var package = Assert.Single(await bench.Packages());
        var links = JsonDocument.Parse(bench.Open(await File.ReadAllBytesAsync(bench.PathOf(package)))["EG-2026-000001/data/custody.json"]).RootElement.EnumerateArray().ToList();
        var chains = links.GroupBy(l => l.GetProperty("evidenceId").GetGuid()).ToList();
        Assert.Equal(2, chains.Count);
        foreach (var chain in chains)
        {
            Assert.Equal(Enumerable.Range(0, chain.Count()), chain.Select(l => l.GetProperty("seq").GetInt32()));
            Assert.Equal(chain.SkipLast(1).Select(l => l.GetProperty("hash").GetString()), chain.Skip(1).Select(l => l.GetProperty("previousHash").GetString()));
            Assert.Equal("exported", chain.Last().GetProperty("act").GetString());
            var kept = await bench.Host.Read(db => db.Set<CustodyEvent>().Where(e => e.EvidenceId == new EvidenceId(chain.Key)).OrderBy(e => e.Seq).ToListAsync());
            Assert.Equal(kept.Select(e => Convert.ToHexStringLower(e.Hash)), chain.Select(l => l.GetProperty("hash").GetString()));
            Assert.Null(CustodyChain.FirstBroken(kept));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_flipped_byte_in_the_sealed_store_and_nothing_is_packed_or_sent(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        var sealedFile = Directory.GetFiles(Path.Combine(bench.Host.Folder, "sealed"), "*.sealed", SearchOption.AllDirectories).MaxBy(f => new FileInfo(f).Length)!;
        var bytes = await File.ReadAllBytesAsync(sealedFile);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(sealedFile, bytes);

        await bench.Build();
        await bench.Send(TimeSpan.FromDays(1));

        Assert.StartsWith("seal-broken", (await bench.Work("police.build-package")).LastProblem, StringComparison.Ordinal);
        Assert.NotNull((await bench.Work("police.build-package")).ParkedAt);
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.Host.Folder, "packages")));
        Assert.Empty(await bench.Chains(CustodyAct.Exported));
        Assert.Empty(bench.Inbox);
    }

    [Theory, OnBothDatabases]
    public async Task Without_a_certificate_the_package_waits_and_says_what_to_set(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database, (settings, _) => settings.Remove("Police:RecipientCertificate"));
        await bench.ToPolice();

        await bench.Build();

        Assert.Contains("Police:RecipientCertificate", (await bench.Work("police.build-package")).LastProblem, StringComparison.Ordinal);
        Assert.Empty(await bench.Packages());
        Assert.Empty(await bench.Chains(CustodyAct.Exported));
    }

    [Fact]
    public async Task More_than_the_limit_is_not_packed_and_says_so()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Assessed();
        await bench.Host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(new ActionKind("sample.seal-large"), Actor.System("test"), id.Subject);
            await services.GetRequiredService<SealedStore>().Seal(action, id, EvidenceKind.Media, new byte[2 << 20], "video/mp4", null, CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
        bench.Host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PoliceOptions>>().Value.LargestPackageMegabytes = 1;
        await bench.Route(id, new RoutedAct(ActKind.Police, "PL", null));

        await bench.Build();

        Assert.StartsWith("package-too-large: the captured objects have 2 MiB", (await bench.Work("police.build-package")).LastProblem, StringComparison.Ordinal);
        Assert.Empty(await bench.Chains(CustodyAct.Exported));
    }

    [Theory, OnBothDatabases]
    public async Task One_package_an_item_unless_it_is_routed_anew(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        await bench.Host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(new ActionKind("sample.order-again"), Actor.System("test"), id.Subject);
            action.Enqueue(new NewWork("police.build-package", id.Value));
            await action.Commit(CancellationToken.None);
        });
        await bench.Build();
        Assert.Single(await bench.Packages());

        bench.Host.Clock.Advance(TimeSpan.FromDays(60));
        await bench.Route(id, new RoutedAct(ActKind.Police, "PL", null));
        await bench.Build();

        Assert.Equal(["EG-2026-000001", "EG-2027-000001"], (await bench.Packages()).Select(p => p.Reference));
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_readable_lies_on_the_disk(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();

        await bench.Build();

        var marks = new[] { PoliceBench.Page, PoliceBench.Picture.AsSpan(100, 64).ToArray(), Encoding.ASCII.GetBytes("manifest-sha256") };
        var files = Directory.GetFiles(bench.Host.Folder, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith("egida.db", StringComparison.Ordinal));
        Assert.All(files, f => Assert.All(marks, m => Assert.Equal(-1, File.ReadAllBytes(f).AsSpan().IndexOf(m))));
    }

    [Fact]
    public async Task The_key_travels_under_OAEP_with_SHA_256_and_the_content_under_AES_256()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();
        var cms = new EnvelopedCms();

        cms.Decode(await File.ReadAllBytesAsync(bench.PathOf(Assert.Single(await bench.Packages()))));

        Assert.Equal("2.16.840.1.101.3.4.1.42", cms.ContentEncryptionAlgorithm.Oid.Value);
        var recipient = Assert.Single(cms.RecipientInfos.Cast<RecipientInfo>());
        Assert.Equal("1.2.840.113549.1.1.7", recipient.KeyEncryptionAlgorithm.Oid.Value);
        // RSAES-OAEP-params: hash SHA-256 (2.16.840.1.101.3.4.2.1) in both places.
        Assert.NotEqual(-1, recipient.KeyEncryptionAlgorithm.Parameters.AsSpan().IndexOf(Convert.FromHexString("608648016503040201")));
    }

    [Theory]
    [InlineData(1024, X509KeyUsageFlags.KeyEncipherment, 10, "certificate-unsuitable")]
    [InlineData(2048, X509KeyUsageFlags.DigitalSignature, 10, "certificate-unsuitable")]
    [InlineData(2048, X509KeyUsageFlags.KeyEncipherment, -1, "certificate-expired")]
    [InlineData(2048, X509KeyUsageFlags.KeyEncipherment, 10, null)]
    public void A_certificate_that_does_not_serve_is_refused_with_the_reason(int bits, X509KeyUsageFlags usage, int days, string? problem)
    {
        var now = new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(now.AddDays(-30)), new DateTimeOffset(now.AddDays(days)));
        var file = Path.GetTempFileName();
        File.WriteAllText(file, certificate.ExportCertificatePem());

        var (recipient, objection) = Recipient.Read(file, now);

        File.Delete(file);
        using (recipient)
        {
            Assert.Equal(problem, objection?.Split(':')[0]);
            Assert.Equal(problem is null, recipient is not null);
        }
    }

    [Fact]
    public void Percent_signs_and_line_ends_in_paths_are_encoded_in_manifests() =>
        Assert.Equal("data/50%25%0D%0A.bin", Bag.Encoded("data/50%\r\n.bin"));

    private static readonly (string Name, Func<byte[], byte[]> Hash)[] Manifests =
    [
        ("manifest-sha256.txt", SHA256.HashData), ("manifest-sha512.txt", SHA512.HashData),
        ("tagmanifest-sha256.txt", SHA256.HashData), ("tagmanifest-sha512.txt", SHA512.HashData),
    ];

    private static string Text(Dictionary<string, byte[]> files, string path) => Encoding.UTF8.GetString(files[$"EG-2026-000001/{path}"]);
}
