using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>Nobody learns through the public form whether the bank has a record of some number: not by words, clocks, numbers, or what changes when.</summary>
public sealed class NoOracleTests
{
    [Theory, OnBothDatabases]
    public async Task A_second_request_about_the_same_number_reads_the_same_whether_there_is_a_record_or_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var clerk = await host.SignInEnglish(Role.IntakeOfficer);
        using var person = host.Anonymous();
        // The record's case is older, urgent, read and taken before anybody from the public asks.
        await clerk.Submit(await clerk.Get($"/staff/hash-bank/disputes/new?record={record}"), new Dictionary<string, string> { ["from"] = "Hotline", ["why"] = "NotIllegal", ["text"] = "wrong", ["urgent"] = "yes" });
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(await host.Case())), selector: "form.take");
        host.Clock.Advance(TimeSpan.FromDays(1));

        var answers = new List<(string Sent, string Looked)>();
        foreach (var number in new[] { record.ToString(), "4711" })
        {
            for (var time = 0; time < 2; time++)
            {
                var sent = await person.FileDispute("en", ("number", number));
                var code = Reporter.CodeOn(sent);
                answers.Add((sent.Text.Replace(code, "", StringComparison.Ordinal), (await person.LookUp(code, "en")).Text));
            }
        }

        Assert.Single(answers.Distinct());
        host.Clock.Advance(TimeSpan.FromHours(1));
        var later = await person.FileDispute("en", ("number", record.ToString()));
        Assert.NotEqual(answers[0].Sent, later.Text.Replace(Reporter.CodeOn(later), "", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task Each_request_has_a_number_of_its_own_whether_it_joined_a_case_or_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var person = host.Anonymous();
        foreach (var number in new[] { record.ToString(), record.ToString(), "4711", "4711" })
        {
            await person.FileDispute("en", ("number", number), ("mail", "person@home.example"));
        }

        var filings = await host.Read(db => db.Set<DisputeFiling>().AsNoTracking().OrderBy(f => f.Number).Select(f => f.Number).ToListAsync());

        Assert.Equal(["EG-D-2026-000001", "EG-D-2026-000002", "EG-D-2026-000003", "EG-D-2026-000004"], filings);
        Assert.Equal(3, await host.Read(db => db.Set<DisputeCase>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task The_brake_counts_requests_and_not_the_cases_that_they_open(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var person = host.Anonymous();
        var held = new Dictionary<string, int>();
        foreach (var number in new[] { record.ToString(), "4711" })
        {
            host.Clock.Advance(TimeSpan.FromHours(2));
            var most = 0;
            while (!(await person.FileDispute("en", ("number", number))).Text.Contains("Very many requests", StringComparison.Ordinal))
            {
                Assert.InRange(++most, 1, 100);
            }

            held[number] = most;
        }

        Assert.Single(held.Values.Distinct());
    }

    [Theory, OnBothDatabases]
    public async Task What_was_promised_first_holds_when_two_cases_become_one(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var linker = await host.SignInEnglish(Role.Quality);
        using var person = host.Anonymous();
        await person.FileDispute();
        var first = await host.Case();
        host.Clock.Advance(TimeSpan.FromDays(2));
        await person.FileDispute("en", ("number", record.ToString()));

        await linker.Submit(await linker.Get(DisputeDesk.Page(first)), new Dictionary<string, string> { ["record"] = record.ToString() }, "form.link");

        Assert.Equal(first.DecideDue, await host.Read(db => db.Set<DisputeCase>().Where(c => c.DecidedAt == null).Select(c => c.DecideDue).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task That_somebody_here_has_read_it_is_not_told_because_only_a_record_is_taken(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var person = host.Anonymous();
        var codes = new List<string>();
        foreach (var number in new[] { record.ToString(), "4711" })
        {
            codes.Add(Reporter.CodeOn(await person.FileDispute("en", ("number", number))));
        }

        var about = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.RecordId == record));
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        Assert.Equal((await person.LookUp(codes[0], "en")).Text, (await person.LookUp(codes[1], "en")).Text);
    }
}
