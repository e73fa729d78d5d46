using System.Globalization;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Imports;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Egida.Tests.Intake;
using Egida.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>Those who relied on a record learn that it was wrong.</summary>
public sealed class CorrectionsTests
{
    [Theory, OnBothDatabases]
    public async Task Whoever_was_told_of_a_record_finds_it_among_the_corrections_and_nobody_else_does(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (first, second) = (await host.Known(1), await host.Known(2));
        var (told, _) = await host.Partner("Told");
        var (other, _) = await host.Partner("Other");
        using var _told = told;
        using var _other = other;
        await told.Ask(1);
        await told.Ask(2);
        await other.Ask(2);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Records(await told.Json("/api/v1/corrections")));

        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(first, Bank.Person(3), "a mistake", CancellationToken.None));

        var news = await told.Json("/api/v1/corrections?since=0");
        Assert.Equal([(first.Value, "withdrawn")], Records(news));
        Assert.Empty(Records(await other.Json("/api/v1/corrections")));
        var next = news.GetProperty("next").GetInt64();
        Assert.Empty(Records(await told.Json($"/api/v1/corrections?since={next}")));

        // Changed twice between two questions: it comes once, as it is now. And again when two people stand for it once more.
        await host.InScope((DisputeHashRecord dispute) => dispute.Handle(second, Bank.Person(3), "doubtful", CancellationToken.None));
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(second, Bank.Person(4), CancellationToken.None));
        Assert.Equal([(second.Value, "disputed")], Records(await told.Json($"/api/v1/corrections?since={next}")));
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(second, Bank.Person(5), CancellationToken.None));
        var again = await told.Json($"/api/v1/corrections?since={next}");
        Assert.Equal([(second.Value, "confirmed")], Records(again));
        Assert.Equal("illegal", again.GetProperty("corrections")[0].GetProperty("classification").GetProperty("code").GetString());
        Assert.Equal([(second.Value, "confirmed")], Records(await other.Json("/api/v1/corrections")));
    }

    [Theory, OnBothDatabases]
    public async Task A_partner_with_an_address_gets_one_letter_for_everything_and_the_complainant_theirs(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string>(world.TracingSettings())
        {
            ["Mail:SmtpHost"] = "127.0.0.1",
            ["Mail:SmtpPort"] = world.Mail.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "false",
        });
        var records = new[] { await host.Known(1), await host.Known(2) };
        var (partner, id) = await host.Partner();
        using var _partner = partner;
        await partner.Ask(1);
        await partner.Ask(2);
        using var quality = await host.SignInEnglish(Role.Quality);
        var page = await quality.Get($"/staff/hash-bank/partners/{id}");
        Assert.Equal(422, (int)(await quality.Submit(page, new Dictionary<string, string> { ["mail"] = "nowhere" }, "form.desk")).Status);
        await quality.Submit(page, new Dictionary<string, string> { ["mail"] = "desk@partner.example" }, "form.desk");
        using var person = host.Anonymous();
        var code = Reporter.CodeOn(await person.FileDispute("pl", ("number", records[0].ToString()), ("mail", "person@home.example")));
        var about = await host.Case();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        await quality.Assess(about, new Dictionary<string, string> { ["sight"] = "Harmless", ["finding"] = "a garden" });
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(records[1], Bank.Person(3), "a mistake", CancellationToken.None));
        await host.RunWorkFor(TimeSpan.FromMinutes(20));

        var letter = Assert.Single(world.Mail.Inbox("desk@partner.example"));
        Assert.Contains("letter: 2", PythonMail.Read(letter.Raw)["parts"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        var answer = PythonMail.Read(Assert.Single(world.Mail.Inbox("person@home.example")).Raw)["parts"]![0]!["text"]!.GetValue<string>();
        Assert.Contains(about.Number, answer, StringComparison.Ordinal);
        Assert.Contains("baza została poprawiona", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("garden", answer, StringComparison.Ordinal);
        Assert.Null((await host.Read(db => db.Set<DisputeFiling>().SingleAsync())).Mail);
        Assert.Equal(200, (int)(await person.LookUp(code)).Status);
        Assert.Empty(await host.Read(db => db.Set<WorkItem>().Where(w => w.ParkedAt != null).Select(w => w.LastProblem).ToListAsync()));

        // Nothing new: no letter.
        await host.Known(77);
        await host.RunWorkFor(TimeSpan.FromMinutes(20));
        Assert.Single(world.Mail.Inbox("desk@partner.example"));
    }

    [Theory, OnBothDatabases]
    public async Task A_record_whose_source_is_not_trusted_any_more_is_a_correction_too(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var source = (await host.Admit("lab"))!.Value;
        await host.Import("lab", [Row(1, 1, hashes: Hashes(1, sha256: true))]);
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Ask(1);
        Assert.Empty(Records(await partner.Json("/api/v1/corrections")));

        await host.InScope((ChangeTrust change) => change.Handle(source, Trust.Notes, Bank.Person(1), "It copies other lists.", CancellationToken.None));
        await host.RunWork();

        Assert.Equal("proposed", Assert.Single(Records(await partner.Json("/api/v1/corrections"))).Item2);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_news_to_a_partner_is_told_by_the_order_of_commits_and_not_by_clocks(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        await DisputedAndConfirmedAgain();
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        // In the same instant as what was said before: the partner knows that already.
        await partner.Ask(1);
        Assert.Empty(Records(await partner.Json("/api/v1/corrections")));

        // Said after the answer, by a machine whose clock is behind.
        host.Clock.Advance(TimeSpan.FromMinutes(-5));
        await DisputedAndConfirmedAgain();
        Assert.Equal([(record.Value, "confirmed")], Records(await partner.Json("/api/v1/corrections")));

        async Task DisputedAndConfirmedAgain()
        {
            await host.InScope((DisputeHashRecord dispute) => dispute.Handle(record, Bank.Person(3), "doubtful", CancellationToken.None));
            await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(4), CancellationToken.None));
            await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(5), CancellationToken.None));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Ending_a_partner_asks_first(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (partner, id) = await host.Partner();
        using var _partner = partner;
        using var quality = await host.SignInEnglish(Role.Quality);

        Assert.Null((await quality.Get("/staff/hash-bank/partners")).Document.QuerySelector("form.end"));
        await quality.Submit(await quality.Get($"/staff/hash-bank/partners/{id}"), selector: "form.end");

        Assert.Equal(401, (int)(await partner.GetAsync("/api/v1/corrections")).StatusCode);
    }

    private static List<(int, string)> Records(JsonElement answer) =>
        [.. answer.GetProperty("corrections").EnumerateArray().Select(c => (c.GetProperty("record").GetInt32(), c.GetProperty("state").GetString()!))];
}
