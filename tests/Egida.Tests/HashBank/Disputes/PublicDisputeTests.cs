using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>A person disputes without an account, a name or a script.</summary>
public sealed class PublicDisputeTests
{
    [Theory]
    [OnBothDatabases("pl")]
    [OnBothDatabases("en")]
    [OnBothDatabases("uk")]
    public async Task A_person_sends_a_dispute_and_reads_the_outcome_with_their_code(DatabaseKind database, string language)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var person = host.Anonymous();
        using var assessor = await host.SignIn(Role.Quality);

        var sent = await person.FileDispute(language, ("number", record.ToString()), ("told", "a service"));
        var code = Reporter.CodeOn(sent);

        Assert.Equal((HttpStatusCode.OK, 0), (sent.Status, person.CookieCount));
        Assert.Empty(sent.Document.QuerySelectorAll("script"));
        Assert.NotEmpty(sent.Document.QuerySelectorAll(".helplines a.tel"));
        var about = await host.Case();
        Assert.Equal((DisputeParty.Person, DisputeState.Open, (HashRecordId?)record), (about.Party, about.State, about.RecordId));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        var waiting = await person.LookUp(code, language);
        Assert.Equal(HttpStatusCode.OK, waiting.Status);

        await assessor.Assess(about, new Dictionary<string, string> { ["sight"] = "Unfounded", ["finding"] = "can't be told" });
        var answer = await person.LookUp(code, language);

        Assert.NotEqual(waiting.Document.QuerySelector("h2")!.TextContent, answer.Document.QuerySelector("h2")!.TextContent);
        Assert.DoesNotContain("can't be told", answer.Html, StringComparison.Ordinal);
        Assert.Equal(HashRecordState.Withdrawn, (await host.Get(record)).State);
    }

    [Theory, OnBothDatabases]
    public async Task What_a_person_is_told_never_says_whether_a_record_is_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var person = host.Anonymous();
        using var staff = await host.SignInEnglish(Role.Quality);

        var known = await person.FileDispute("en", ("number", record.ToString()));
        var unknown = await person.FileDispute("en", ("number", "4711"));
        var (one, two) = (Reporter.CodeOn(known), Reporter.CodeOn(unknown));
        Assert.Equal(Plain(known.Text, one), Plain(unknown.Text, two));
        Assert.Equal((await person.LookUp(one, "en")).Text, (await person.LookUp(two, "en")).Text);

        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        await staff.Assess(cases[0], DisputeDesk.Seen);
        await staff.Submit(await staff.Get(DisputeDesk.Page(cases[1])), new Dictionary<string, string> { ["nothing"] = "no such number" }, "form.nothing");

        cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        Assert.Equal([DisputeVerdict.Stands, DisputeVerdict.NothingFound], cases.Select(c => c.Verdict!.Value));
        Assert.Equal((await person.LookUp(one, "en")).Text, (await person.LookUp(two, "en")).Text);

        static string Plain(string text, string code) => text.Replace(code, "", StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_form_sent_twice_is_one_dispute_and_what_is_missing_is_said(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var person = host.Anonymous();
        var form = await person.Get("/en/dispute");

        var empty = await person.Submit(form, new Dictionary<string, string> { ["number"] = "seventeen", ["mail"] = "nobody" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal(["#what", "#details", "#number", "#mail"], empty.Document.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        var fields = new Dictionary<string, string> { ["what"] = "Other", ["details"] = "mine", ["number"] = "", ["mail"] = "" };
        var first = await person.Submit(empty, fields);
        var second = await person.Submit(empty, fields);

        Assert.Equal(Reporter.CodeOn(first), Reporter.CodeOn(second));
        Assert.Equal(1, await host.Read(db => db.Set<DisputeFiling>().CountAsync()));
        Assert.Equal(DisputeState.ToLink, (await host.Case()).State);
        var forged = await person.Submit(form, new Dictionary<string, string>(fields) { ["token"] = "forged" });
        Assert.Null(forged.Document.QuerySelector(".receipt-code"));
        Assert.Equal("mine", forged.Document.QuerySelector("#details")!.TextContent);
        host.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null((await person.Submit(form, fields)).Document.QuerySelector(".receipt-code"));
    }

    [Theory, OnBothDatabases]
    public async Task Staff_link_what_a_person_means_and_two_about_one_record_become_one_case(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var person = host.Anonymous();
        using var staff = await host.SignInEnglish(Role.SeniorAnalyst);
        await person.FileDispute("en", ("number", record.ToString()));
        var code = Reporter.CodeOn(await person.FileDispute());
        var (known, unclear) = (await host.Read(db => db.Set<DisputeCase>().SingleAsync(c => c.RecordId != null)), await host.Read(db => db.Set<DisputeCase>().SingleAsync(c => c.RecordId == null)));

        var wrong = await staff.Submit(await staff.Get(DisputeDesk.Page(unclear)), new Dictionary<string, string> { ["record"] = "4711" }, "form.link");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var linked = await staff.Submit(wrong, new Dictionary<string, string> { ["record"] = record.ToString() }, "form.link");

        Assert.Equal(DisputeDesk.Page(known), linked.Location?.ToString());
        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        Assert.Equal([(2, (DisputeVerdict?)null), (0, DisputeVerdict.Moved)], cases.Select(c => (c.Filings, c.Verdict)));
        Assert.Equal(HttpStatusCode.OK, (await person.LookUp(code, "en")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Above_the_brake_everything_is_kept_gets_a_code_and_waits_for_a_person(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        var terms = new DisputeTerms(48, 14, 3, 24, 60, 3, 2, 25);
        for (var i = 0; i < 5; i++)
        {
            await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
                new(DisputeParty.Person, null, DisputeReason.Other, "mine", "en") { ReceiptHash = [(byte)i] }, CancellationToken.None));
        }

        await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
            new(DisputeParty.Partner, record, DisputeReason.Other, "another party", "en") { Partner = new(Guid.NewGuid()) }, CancellationToken.None));

        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        Assert.Equal([1, 1, 3, 1], cases.Select(c => c.Filings));
        Assert.Equal([DisputeState.ToLink, DisputeState.ToLink, DisputeState.Held, DisputeState.Open], cases.Select(c => c.State));
    }
}
