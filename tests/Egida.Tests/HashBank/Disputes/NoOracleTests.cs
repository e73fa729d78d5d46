using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        Assert.Equal([2, 2], await host.Read(db => db.Set<DisputeCase>().Select(c => c.Filings).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Requests_about_one_number_are_answered_together_whether_there_is_a_record_or_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var staff = await host.SignInEnglish(Role.Quality);
        using var person = host.Anonymous();
        var codes = new List<string>();
        foreach (var number in new[] { record.ToString(), record.ToString(), "4711", "4711" })
        {
            codes.Add(Reporter.CodeOn(await person.FileDispute("en", ("number", number), ("mail", "person@home.example"))));
        }

        var known = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.RecordId == record));
        var unknown = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.RecordId == null));
        Assert.Contains("4711", (await staff.Get(DisputeDesk.Page(unknown))).Document.QuerySelector("dl.facts")!.TextContent, StringComparison.Ordinal);
        await staff.Assess(known, DisputeDesk.Seen);
        host.Clock.Advance(TimeSpan.FromMinutes(90));
        await staff.Submit(await staff.Get(DisputeDesk.Page(unknown)), new Dictionary<string, string> { ["nothing"] = "no such number" }, "form.nothing");

        var answers = new List<string>();
        foreach (var code in codes)
        {
            answers.Add((await person.LookUp(code, "en")).Text);
        }

        // The day, and not the minute in which a person here came to it.
        Assert.Single(answers.Distinct());
        Assert.Contains("We looked, and changed nothing", answers[0], StringComparison.Ordinal);
        var letters = await host.Read(db => db.Set<WorkItem>().Where(w => w.Kind == SendDisputeLetter.WorkKind).Select(w => w.DueAt).ToListAsync());
        Assert.Equal([2, 2], letters.CountBy(due => due).Select(l => l.Value));
    }

    [Theory, OnBothDatabases]
    public async Task Of_a_flood_too_those_about_a_number_that_is_not_there_become_one_case(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var terms = new DisputeTerms(48, 14, 3, 24, 60, 3, 2, 25);
        foreach (var number in new int?[] { 4711, null, 4711, 4712, 4712, null })
        {
            // The oldest are released first: each has an instant of its own.
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
                new(DisputeParty.Person, number is { } named ? new HashRecordId(named) : null, DisputeReason.Other, "mine", "en"), CancellationToken.None));
        }

        var flood = await host.Read(db => db.Set<DisputeCase>().SingleAsync(c => c.IsFlood));
        await host.InScope((SettleFlood settle) => settle.Release(flood.Id, Bank.Person(5), CancellationToken.None));

        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().Where(c => !c.IsFlood).OrderBy(c => c.Number).ToListAsync());
        Assert.All(cases, c => Assert.Equal(DisputeState.ToLink, c.State));
        Assert.Equal([(4711, 2), (null, 1), (4712, 2), (null, 1)], cases.Select(c => (c.Named?.Value, c.Filings)));
    }

    [Theory, OnBothDatabases]
    public async Task When_somebody_found_out_what_a_number_means_that_holds_for_nobody_who_gives_it_later(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var linker = await host.SignInEnglish(Role.Quality);
        using var person = host.Anonymous();
        await person.FileDispute("en", ("number", "4711"));
        var about = await host.Case();
        await linker.Submit(await linker.Get(DisputeDesk.Page(about)), new Dictionary<string, string> { ["record"] = record.ToString() }, "form.link");

        await person.FileDispute("en", ("number", "4711"));

        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        Assert.Equal([(DisputeState.Open, record.Value, null), (DisputeState.ToLink, null, (int?)4711)], cases.Select(c => (c.State, c.RecordId?.Value, c.Named?.Value)));
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
