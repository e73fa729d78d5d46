using System.Net;
using Egida.Access;
using Egida.Intake;
using Egida.Police.Answers;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Police;

public sealed class PoliceAnswersTests
{
    [Theory, OnBothDatabases]
    public async Task Case_number_and_outcome_come_back_and_reach_the_analyst(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        var package = Assert.Single(await bench.Packages());
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        using var analyst = await bench.Host.SignInEnglish(Role.Analyst);
        var form = $"form[action='/staff/police/{package.Id}/answers']";

        await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["caseNumber"] = "RSD 12/26", ["outcome"] = "Opened" }, form);
        await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["outcome"] = "ChildSafe", ["note"] = "Thank you." }, form);

        Assert.Equal(2, (await bench.Host.EventsAbout(id)).Count(e => e == "PoliceAnswered"));
        Assert.Contains("RSD 12/26", (await analyst.Get($"/staff/items/{id}")).Document.QuerySelector("#police-answers")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("New answers from the police: 2", (await analyst.Get("/staff")).Text, StringComparison.Ordinal);
        var list = await analyst.Get("/staff/police/answers");
        Assert.Contains("a child is safe", list.Text, StringComparison.Ordinal);
        await analyst.Submit(list, selector: $"form[action='/staff/police/answers/{package.Id}/1']");
        var answers = await bench.Host.Read(db => db.Set<PoliceAnswer>().AsNoTracking().OrderBy(a => a.Ordinal).ToListAsync());
        Assert.Equal((analyst.Staff, false), (answers[0].SeenBy, answers[1].SeenAt is not null));
    }

    [Theory]
    [InlineData("", "", "only words", false)]
    [InlineData("1/26", "", "", true)]
    [InlineData("", "Charged", "", true)]
    [InlineData("", "Guilty", "", false)]
    [InlineData(" ", null, null, false)]
    public void An_answer_is_a_number_or_an_outcome(string? number, string? outcome, string? note, bool taken) =>
        Assert.Equal(taken, RecordPoliceAnswer.Decide(number, outcome, note) is RecordPoliceAnswer.Outcome.Recorded);

    [Theory, OnBothDatabases]
    public async Task A_receipt_names_who_when_and_the_digest_that_they_found(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        var form = $"form[action='/staff/police/{package.Id}/receipts']";

        var other = await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["sha256"] = new string('0', 64) }, form);
        await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["sha256"] = $"{part.Sha256.ToUpperInvariant()}  {part.FileName}" }, form);
        var none = await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["sha256"] = "yes" }, form);

        Assert.Contains("don't use what you have", (await liaison.Follow(other)).Text, StringComparison.Ordinal);
        Assert.Contains("isn't a SHA-256", (await liaison.Follow(none)).Text, StringComparison.Ordinal);
        var receipts = await bench.Host.Read(db => db.Set<PolicePackageReceipt>().AsNoTracking().OrderBy(r => r.Ordinal).ToListAsync());
        Assert.Equal([(false, new string('0', 64)), (true, part.Sha256)], receipts.Select(r => (r.Matches, r.Sha256)));
        Assert.All(receipts, r => Assert.Equal((liaison.Staff!.Value, bench.Host.Clock.Now), (r.By, r.At)));
    }

    [Theory, OnBothDatabases]
    public async Task A_prosecutor_reads_what_was_handed_to_whom_and_when(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        await bench.Send();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        await liaison.Http.GetAsync($"/staff/police/{package.Id}/parts/1");
        await liaison.Submit(await liaison.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["caseNumber"] = "=RSD 12/26" }, $"form[action='/staff/police/{package.Id}/answers']");
        using var auditor = await bench.Host.SignInEnglish(Role.Auditor);

        var page = await auditor.Get("/staff/police/handed-over");
        var csv = await auditor.Http.GetStringAsync("/staff/police/handed-over.csv");
        var before = await auditor.Http.GetStringAsync("/staff/police/handed-over.csv?from=2025-01-01&to=2025-12-31");

        Assert.Contains("EG-2026-000001", page.Text, StringComparison.Ordinal);
        var lines = csv.TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.All([part.Sha256, part.FileName, package.Certificate!, "KRAJ", "'=RSD 12/26", "Simulated time-stamp authority"], cell => Assert.Contains(cell, lines[1], StringComparison.Ordinal));
        Assert.Single(before.TrimEnd().Split("\r\n"));
        Assert.DoesNotContain("galeria", page.Html + csv, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_case_that_cannot_wait_is_phoned_whatever_becomes_of_the_package(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        bench.World.Tsa.Fault = Egida.Simulators.TsaFault.Unavailable;
        var id = await bench.Assessed();
        await bench.Host.Act(with: action => action.Db.Add(new Report
        {
            Id = Egida.Platform.Database.Id.New<ReportId>(action.Clock),
            ItemId = id,
            FiledAt = action.Now,
            Channel = IntakeChannel.WebForm,
            Concern = ReportedConcern.ContactWithChild,
            Language = "pl",
            AsTyped = new ReportedAddress("http://galeria.example/strona"),
            ReceiptHash = new byte[32],
        }));
        await bench.Route(id, new Egida.Routing.RoutedAct(Egida.Routing.ActKind.Police, "PL", null));
        await bench.Build();
        using var lead = await bench.Host.SignInEnglish(Role.SeniorAnalyst);
        var package = Assert.Single(await bench.Packages());
        Assert.True(package.IsUrgent);
        Assert.Contains("must be phoned about: 1", (await lead.Get("/staff")).Text, StringComparison.Ordinal);
        var page = await lead.Get($"/staff/police/{package.Id}");
        Assert.Contains("Phone now", page.Text, StringComparison.Ordinal);

        await lead.Submit(page, new Dictionary<string, string> { ["phoneNote"] = "The duty officer; they wait for the package." }, $"form[action='/staff/police/{package.Id}/phone']");

        package = Assert.Single(await bench.Packages());
        Assert.Equal((lead.Staff, null), (package.PhonedBy, package.NotifiedAt));
        Assert.DoesNotContain("must be phoned", (await lead.Get("/staff")).Text, StringComparison.Ordinal);
        bench.World.Tsa.Fault = Egida.Simulators.TsaFault.None;
        await bench.Run("police.stamp-package", TimeSpan.FromHours(1));
        await bench.Send();
        Assert.Contains("URGENT", Assert.Single(bench.Inbox).Parse().Header("subject", ""), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Another_unit_gets_a_package_of_its_own_and_the_first_stays(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.Host.ApprovePoliceCertificate(bench.World.Police.CertificateFile, "WRO");
        await bench.ToPolice();
        await bench.Build();
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        var first = Assert.Single(await bench.Packages());

        var answer = await liaison.Submit(await liaison.Get($"/staff/police/{first.Id}"), new Dictionary<string, string> { ["unit"] = "WRO", ["reason"] = "The suspect lives there." }, $"form[action='/staff/police/{first.Id}/unit']");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        await bench.Build();
        await bench.Send();

        var packages = await bench.Packages();
        Assert.Equal([("EG-2026-000001", "KRAJ"), ("EG-2026-000002", "WRO")], packages.Select(p => (p.Reference, p.Unit)));
        Assert.All(packages, p => Assert.NotNull(p.NotifiedAt));
        Assert.Single(bench.World.Mail.Inbox("wroclaw@police.example"));
        Assert.Single(bench.Inbox);
    }
}
