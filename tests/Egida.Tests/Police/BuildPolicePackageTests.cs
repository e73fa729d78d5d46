using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
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
        var part = Assert.Single(await bench.Parts());
        var encrypted = await File.ReadAllBytesAsync(bench.PathOf(part));
        Assert.Equal((part.Size, part.Sha256, part.FileName), (encrypted.LongLength, Convert.ToHexStringLower(SHA256.HashData(encrypted)), "EG-2026-000001.zip.p7m"));
        Assert.Equal((part.Size, 1), (package.Size, package.Parts));
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
        Assert.StartsWith("%PDF-1.", Encoding.ASCII.GetString(files["EG-2026-000001/data/summary.pdf"]), StringComparison.Ordinal);
        Assert.Contains("PolicePackageSealed", await bench.Host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task The_chain_of_custody_in_the_package_holds_up_to_the_export_itself(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();

        await bench.Build();

        var part = Assert.Single(await bench.Parts());
        var links = JsonDocument.Parse(bench.Open(await File.ReadAllBytesAsync(bench.PathOf(part)))["EG-2026-000001/data/custody.json"]).RootElement.EnumerateArray().ToList();
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

    [Fact]
    public async Task Sha256sum_and_sha512sum_accept_what_lies_in_the_bag()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();
        var folder = Directory.CreateTempSubdirectory("egida-bag-").FullName;
        foreach (var (name, content) in bench.Open(await File.ReadAllBytesAsync(bench.PathOf(Assert.Single(await bench.Parts())))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }

        var bag = Path.Combine(folder, "EG-2026-000001");
        Assert.All(Manifests, m => Assert.Equal(0, OpenSsl.Try($"{m.Name.Split('-', '.')[1]}sum", ["-c", "--strict", m.Name], bag).Code));
        await File.AppendAllTextAsync(Path.Combine(bag, "data", "case.json"), " ");
        Assert.NotEqual(0, OpenSsl.Try("sha256sum", ["-c", "--quiet", "manifest-sha256.txt"], bag).Code);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task More_than_a_file_may_hold_goes_into_several_each_whole_by_itself()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Assessed();
        // Captured last, so it is the last in order.
        bench.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(new ActionKind("sample.seal-large"), Actor.System("test"), id.Subject);
            await services.GetRequiredService<SealedStore>().Seal(action, id, EvidenceKind.Media, new byte[2 << 20], "video/mp4", null, CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
        bench.Host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PoliceOptions>>().Value.LargestPartMegabytes = 1;
        await bench.Route(id, new RoutedAct(ActKind.Police, "PL", null));

        await bench.Build();

        var parts = await bench.Parts();
        Assert.Equal(["EG-2026-000001-1.zip.p7m", "EG-2026-000001-2.zip.p7m"], parts.Select(p => p.FileName));
        Assert.Equal((2, 3), (Assert.Single(await bench.Packages()).Parts, parts.Sum(p => p.Objects)));
        var opened = new List<Dictionary<string, byte[]>>();
        foreach (var part in parts)
        {
            opened.Add(bench.Open(await File.ReadAllBytesAsync(bench.PathOf(part))));
        }

        Assert.All(opened.Select((files, i) => (files, Name: $"EG-2026-000001-{i + 1}")), o =>
        {
            Assert.All(o.files.Keys, f => Assert.StartsWith($"{o.Name}/", f, StringComparison.Ordinal));
            var info = Encoding.UTF8.GetString(o.files[$"{o.Name}/bag-info.txt"]);
            Assert.Contains($"Bag-Count: {o.Name[^1]} of 2\n", info, StringComparison.Ordinal);
            Assert.Contains("Bag-Group-Identifier: EG-2026-000001\n", info, StringComparison.Ordinal);
            Assert.Contains($"{o.Name}/data/case.json", o.files.Keys);
        });
        Assert.Equal(2 << 20, opened[1]["EG-2026-000001-2/data/objects/003-media.mp4"].Length);
        Assert.Equal(3, (await bench.Chains(CustodyAct.Exported)).Count);
    }

    [Fact]
    public async Task The_graph_in_CASE_and_UCO_names_every_file_with_its_hash_and_no_content()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();

        var files = bench.Open(await File.ReadAllBytesAsync(bench.PathOf(Assert.Single(await bench.Parts()))));
        using var graph = JsonDocument.Parse(files["EG-2026-000001/data/case-uco.jsonld"]);

        var nodes = graph.RootElement.GetProperty("@graph").EnumerateArray().ToList();
        var ids = nodes.Select(n => n.GetProperty("@id").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(2, nodes.Count(n => n.GetProperty("@type").GetString() == "uco-observable:File"));
        Assert.Single(nodes, n => n.GetProperty("@type").GetString() == "case-investigation:Investigation");
        var text = graph.RootElement.GetRawText();
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(PoliceBench.Picture)), text, StringComparison.Ordinal);
        Assert.DoesNotContain("dataPayload", text, StringComparison.Ordinal);
        // Every link leads to a node of the graph.
        var links = new List<string>();
        Collect(graph.RootElement.GetProperty("@graph"), links);
        Assert.Empty(links.Except(ids!));

        static void Collect(JsonElement element, List<string> found)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in element.EnumerateArray()) Collect(one, found);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                var properties = element.EnumerateObject().ToList();
                if (properties is [{ Name: "@id" } link]) found.Add(link.Value.GetString()!);
                foreach (var property in properties) Collect(property.Value, found);
            }
        }
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

        cms.Decode(await File.ReadAllBytesAsync(bench.PathOf(Assert.Single(await bench.Parts()))));

        Assert.Equal("2.16.840.1.101.3.4.1.42", cms.ContentEncryptionAlgorithm.Oid.Value);
        var recipient = Assert.Single(cms.RecipientInfos.Cast<RecipientInfo>());
        Assert.Equal("1.2.840.113549.1.1.7", recipient.KeyEncryptionAlgorithm.Oid.Value);
        // RSAES-OAEP-params: hash SHA-256 (2.16.840.1.101.3.4.2.1) in both places.
        Assert.NotEqual(-1, recipient.KeyEncryptionAlgorithm.Parameters.AsSpan().IndexOf(Convert.FromHexString("608648016503040201")));
    }

    [Fact]
    public void Percent_signs_and_line_ends_in_paths_are_encoded_in_manifests() =>
        Assert.Equal("data/50%25%0D%0A.bin", BagWriter.Encoded("data/50%\r\n.bin"));

    private static readonly (string Name, Func<byte[], byte[]> Hash)[] Manifests =
    [
        ("manifest-sha256.txt", SHA256.HashData), ("manifest-sha512.txt", SHA512.HashData),
        ("tagmanifest-sha256.txt", SHA256.HashData), ("tagmanifest-sha512.txt", SHA512.HashData),
    ];

    private static string Text(Dictionary<string, byte[]> files, string path) => Encoding.UTF8.GetString(files[$"EG-2026-000001/{path}"]);
}
