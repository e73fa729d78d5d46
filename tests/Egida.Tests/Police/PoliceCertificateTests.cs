using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Police;
using Egida.Police.Certificates;
using Egida.Police.Sealing;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Police;

public sealed class PoliceCertificateTests
{
    private const string Build = "police.build-package";

    [Theory, OnBothDatabases]
    public async Task Packages_wait_until_two_persons_approved_a_certificate_and_then_go_by_themselves(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database, certificate: false);
        var id = await bench.ToPolice();
        await bench.Build();
        Assert.StartsWith("no-certificate", (await bench.Work(Build)).LastProblem, StringComparison.Ordinal);
        Assert.Equal((PolicePackageState.Ordered, "EG-2026-000001"), (Assert.Single(await bench.Packages()).State, Assert.Single(await bench.Packages()).Reference));
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        using var senior = await bench.Host.SignInEnglish(Role.SeniorAnalyst);
        Assert.Contains("no-certificate", (await liaison.Get($"/staff/police/{Assert.Single(await bench.Packages()).Id}")).Text, StringComparison.Ordinal);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(bench.World.Police.CertificateFile);

        var form = await liaison.Get("/staff/police/certificates");
        var proposed = await liaison.Submit(form, new Dictionary<string, string> { ["unit"] = "KRAJ", ["certificate"] = certificate.ExportCertificatePem(), ["reason"] = "On a stick, from the unit's officer." });
        Assert.Equal(HttpStatusCode.Redirect, proposed.Status);
        Assert.Contains("somebody else", (await liaison.Follow(proposed)).Text, StringComparison.OrdinalIgnoreCase);
        var one = Assert.Single(await bench.Host.Read(db => db.Set<PoliceCertificate>().AsNoTracking().ToListAsync()));
        // As people read it out.
        var heard = string.Join(':', one.Fingerprint.ToUpperInvariant().Chunk(2).Select(c => new string(c)));
        var decided = await senior.Submit(await senior.Get("/staff/police/certificates"),
            new Dictionary<string, string> { [$"heard-{one.Id}"] = heard, ["decision"] = "approve" }, $"form[action='/staff/police/certificates/{one.Id}']");

        Assert.Equal(HttpStatusCode.Redirect, decided.Status);
        await bench.Build();
        Assert.Equal((PolicePackageState.Stamped, one.Fingerprint), (Assert.Single(await bench.Packages()).State, Assert.Single(await bench.Packages()).Certificate));
        Assert.Contains("PolicePackageSealed", await bench.Host.EventsAbout(id));
        Assert.Equal(["PoliceCertificateProposed", "PoliceCertificateDecided"],
            await bench.Host.Read(db => db.Set<EventEntry>().Where(e => e.Subject == "police-unit:KRAJ").OrderBy(e => e.Id).Select(e => e.Type).ToListAsync()));
    }

    [Fact]
    public async Task Who_brought_it_in_cannot_approve_it_and_another_fingerprint_approves_nothing()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, certificate: false);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(bench.World.Police.CertificateFile);
        var id = await bench.Host.Propose(certificate);
        var one = Assert.Single(await bench.Host.Read(db => db.Set<PoliceCertificate>().AsNoTracking().ToListAsync()));
        using var own = bench.Host.SignIn(one.ProposedBy);
        using var other = await bench.Host.SignInEnglish(Role.SeniorAnalyst);
        var page = await other.Get("/staff/police/certificates");
        var mine = await own.Get("/staff/police/certificates");
        Assert.Null(mine.Document.QuerySelector($"form[action='/staff/police/certificates/{id}']"));

        var wrong = await other.Submit(page, new Dictionary<string, string> { [$"heard-{id}"] = new string('a', 64), ["decision"] = "approve" }, $"form[action='/staff/police/certificates/{id}']");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("swapped on its way", wrong.Text, StringComparison.Ordinal);
        Assert.IsType<DecidePoliceCertificate.Outcome.OwnProposal>(DecidePoliceCertificate.Decide(one, one.ProposedBy, true, one.Fingerprint));
        Assert.Equal(PoliceCertificateState.Proposed, Assert.Single(await bench.Host.Read(db => db.Set<PoliceCertificate>().AsNoTracking().ToListAsync())).State);
    }

    [Theory, OnBothDatabases]
    public async Task A_certificate_that_was_swapped_in_the_database_stops_the_package(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        using var key = RSA.Create(2048);
        using var forged = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(bench.Host.Clock.Now.AddDays(-1)), new DateTimeOffset(bench.Host.Clock.Now.AddDays(100)));
        var (bytes, fingerprint) = (forged.RawData, Recipient.FingerprintOf(forged));
        // Whoever has the database changes both; the signed log still says what was approved.
        await bench.Host.Read(db => db.Set<PoliceCertificate>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Encoded, bytes).SetProperty(c => c.Fingerprint, fingerprint)));
        await bench.ToPolice();

        await bench.Build();

        Assert.StartsWith("certificate-swapped", (await bench.Work(Build)).LastProblem, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.Host.Folder, "packages")));
    }

    [Fact]
    public async Task An_approved_certificate_that_expired_meanwhile_stops_the_package_and_the_next_one_lets_it_go()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, certificate: false);
        using var key = RSA.Create(2048);
        var now = bench.Host.Clock.Now;
        using var first = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(new DateTimeOffset(now.AddDays(-1)), new DateTimeOffset(now.AddDays(1)));
        await File.WriteAllTextAsync(Path.Combine(bench.Host.Folder, "first.pem"), first.ExportCertificatePem());
        await bench.Host.ApprovePoliceCertificate(Path.Combine(bench.Host.Folder, "first.pem"));
        var id = await bench.Assessed();
        bench.Host.Clock.Advance(TimeSpan.FromDays(2));
        await bench.Route(id, new Egida.Routing.RoutedAct(Egida.Routing.ActKind.Police, "PL", null));
        await bench.Build();
        Assert.StartsWith("certificate-expired", (await bench.Work(Build)).LastProblem, StringComparison.Ordinal);
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        Assert.Contains("has expired", (await liaison.Get("/staff/police/certificates")).Text, StringComparison.Ordinal);

        await bench.Host.ApprovePoliceCertificate(bench.World.Police.CertificateFile);
        await bench.Build();

        Assert.Equal(PolicePackageState.Stamped, Assert.Single(await bench.Packages()).State);
    }

    [Theory]
    [InlineData("", "KRAJ", "reason", "certificate")]
    [InlineData("pem", "NONE", "reason", "unit")]
    [InlineData("pem", "KRAJ", "", "reason")]
    [InlineData("weak", "KRAJ", "reason", "certificate")]
    public async Task What_is_missing_or_weak_is_said_at_the_form(string certificate, string unit, string reason, string field)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var liaison = await host.SignInEnglish(Role.PoliceLiaison);
        using var key = RSA.Create(certificate == "weak" ? 1024 : 2048);
        using var made = new CertificateRequest("CN=unit", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(host.Clock.Now.AddDays(-1)), new DateTimeOffset(host.Clock.Now.AddDays(100)));

        var answer = await liaison.Submit(await liaison.Get("/staff/police/certificates"), new Dictionary<string, string>
        {
            ["unit"] = unit,
            ["certificate"] = certificate.Length == 0 ? "no certificate" : made.ExportCertificatePem(),
            ["reason"] = reason,
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($"#{field}-error"));
        Assert.Empty(await host.Read(db => db.Set<PoliceCertificate>().ToListAsync()));
    }
}
