using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Sources;
using Egida.HashBank.Imports.Sources.Health;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Imports.Sources.Health;

public sealed class SourceHealthTests
{
    private static readonly DateTime Now = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);

    private static readonly FeedHealth Feed = new("npo", "ncmec", "ncmec", TimeSpan.FromHours(1)) { OrderedAt = Now.AddDays(-3), HadAt = Now.AddMinutes(-50) };

    [Fact]
    public void A_feed_is_silent_when_its_period_and_a_little_more_have_passed()
    {
        Assert.Equal(FeedMood.Fine, Feed.Mood(Now));
        Assert.Equal(FeedMood.Fine, Feed.Mood(Now.AddMinutes(24)));
        Assert.Equal(FeedMood.Silent, Feed.Mood(Now.AddMinutes(26)));
        Assert.Equal(FeedMood.Failing, (Feed with { Attempts = 2, Problem = "timed-out" }).Mood(Now));
        Assert.Equal(FeedMood.Held, (Feed with { Problem = "import-held: it takes back more" }).Mood(Now.AddDays(1)));
        Assert.Equal(FeedMood.Stopped, (Feed with { ParkedAt = Now, Problem = "http-401" }).Mood(Now));
        Assert.Equal(FeedMood.NotYet, (Feed with { HadAt = null, OrderedAt = Now.AddMinutes(-1) }).Mood(Now));
        Assert.Equal(FeedMood.Silent, (Feed with { HadAt = null }).Mood(Now));
        // With a short period asking takes longer than a quarter of it.
        Assert.Equal(FeedMood.Fine, (Feed with { Every = TimeSpan.FromMinutes(5), HadAt = Now.AddMinutes(-14) }).Mood(Now));
    }

    [Fact]
    public void A_range_that_is_being_imported_is_not_silence_however_long_it_takes_while_a_worker_is_at_it()
    {
        var importing = Feed with { HadAt = Now.AddDays(-1), SpoolAt = Now.AddHours(-20), LeasedUntil = Now.AddMinutes(2) };
        Assert.Equal(FeedMood.Fine, importing.Mood(Now));
        Assert.Equal(FeedMood.NotYet, (importing with { HadAt = null }).Mood(Now));
        // The worker died, or is still asking for it.
        Assert.Equal(FeedMood.Silent, importing.Mood(Now.AddMinutes(3)));
        Assert.Equal(FeedMood.Silent, (importing with { LeasedUntil = null }).Mood(Now));
        Assert.Equal(FeedMood.Silent, (importing with { SpoolAt = null }).Mood(Now));
    }

    [Theory]
    [InlineData("http-503", 3, -20)]
    [InlineData("import-held: it takes back more than the source usually does", 3, null)]
    [InlineData("http-503", 0, null)]
    public void When_it_failed_is_known_by_the_pause_after_it_and_waiting_for_a_person_is_no_failure(string problem, int attempts, int? seconds)
    {
        var due = seconds is null ? Now.AddHours(1) : Now;
        var work = new WorkItem { Id = Guid.NewGuid(), Kind = FollowFeed.WorkKind, SubjectId = Guid.NewGuid(), Key = "", CreatedAt = Now.AddDays(-1), DueAt = due, Attempts = attempts, LastProblem = problem };

        var health = FeedHealth.Of("npo", new FeedOptions(), null, [work], new WorkOptions());

        Assert.Equal(seconds is { } ago ? Now.AddSeconds(ago) : null, health.FailedAt);
        Assert.Equal(health.FailedAt, health.LastAttempt);
    }

    [Theory]
    [InlineData("http-401", "key")]
    [InlineData("http-503", "wait")]
    [InlineData("source-unknown: admit the source 'x' on the page Imports first", "admit")]
    [InlineData("too-large: an answer is larger than MostBytes", "bounds")]
    [InlineData("never-heard-of", "wait")]
    [InlineData(null, null)]
    public void Every_problem_has_something_to_do(string? problem, string? todo) => Assert.Equal(todo, (Feed with { Problem = problem }).ToDo);

    [Fact]
    public void Rows_count_on_the_day_of_the_institution_on_which_their_import_wrote_last()
    {
        var days = SourceHealth.ByDay(
            [
                (Now.AddDays(-1), new ImportCounts { New = 5, Same = 2, TakenBack = 1, Refused = 3 }),
                // Half past eleven at night in UTC is the next day in Warsaw.
                (new DateTime(2026, 11, 1, 23, 30, 0, DateTimeKind.Utc), new ImportCounts { New = 1 }),
                (Now.AddDays(-31), new ImportCounts { New = 100 }),
            ],
            Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

        Assert.Equal((30, new DateOnly(2026, 10, 4), new DateOnly(2026, 11, 2)), (days.Count, days[0].Date, days[^1].Date));
        Assert.Equal(new SourceHealth.Day(new(2026, 11, 1), 8, 3, 1), days[^2]);
        Assert.Equal(new SourceHealth.Day(new(2026, 11, 2), 1, 0, 0), days[^1]);
        Assert.Equal(9, days.Sum(d => d.Taken));
    }

    [Theory, OnBothDatabases]
    public async Task A_feed_says_when_it_last_had_everything_what_went_wrong_and_what_to_do(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashSources:Feeds:npo:Kind"] = "ncmec", ["HashSources:Feeds:npo:Source"] = "lab" });
        await host.Admit("lab");
        using var staff = await host.SignInEnglish(Role.Operator);
        var work = await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == FollowFeed.WorkKind));
        await host.InScope(async (EgidaDb db) =>
        {
            db.Add(new FeedState { Name = "npo", Checkpoint = "2026-11-02T06:59:00Z", HadAt = host.Clock.Now.AddHours(-3) });
            await db.SaveChangesAsync();
            await db.Set<WorkItem>().Where(w => w.Id == work.Id).ExecuteUpdateAsync(s => s.SetProperty(w => w.Attempts, 3).SetProperty(w => w.LastProblem, "http-503").SetProperty(w => w.DueAt, host.Clock.Now));
        });

        var list = await staff.Get("/staff/hash-bank/sources");
        Assert.Contains("Silent", Assert.Single(list.Document.QuerySelectorAll("main tbody tr")).TextContent, StringComparison.Ordinal);
        var page = await staff.Get("/staff/hash-bank/sources/lab");
        Assert.Contains("2026-11-02T06:59:00Z", page.Text, StringComparison.Ordinal);
        Assert.Contains("It is asked again by itself", page.Document.QuerySelector(".callout")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sources that are silent: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/staff/hash-bank/sources/nobody")).Status);

        await host.Read(db => db.Set<FeedState>().ExecuteUpdateAsync(s => s.SetProperty(f => f.HadAt, host.Clock.Now)));
        Assert.DoesNotContain("Sources that are silent", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_feed_that_stopped_is_asked_again_when_the_operator_has_mended_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashSources:Feeds:npo:Kind"] = "stopncii", ["HashSources:Feeds:npo:Source"] = "lab" });
        await host.RunWork();
        await host.Admit("lab");
        using var staff = await host.SignInEnglish(Role.Operator);
        var page = await staff.Get("/staff/hash-bank/sources/lab");
        Assert.Contains("Admit a source with this code", page.Document.QuerySelector(".callout")!.TextContent, StringComparison.Ordinal);

        Assert.Equal("/staff/hash-bank/sources", (await staff.Submit(page, selector: "form.again")).Location?.ToString());
        Assert.Null((await host.Read(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == FollowFeed.WorkKind))).ParkedAt);
        Assert.Equal(HttpStatusCode.Conflict, (await staff.Submit(page, selector: "form.again")).Status);

        // It was admitted, but pictures of adults may only be noted: the next thing to mend.
        await host.RunWork();
        Assert.Contains("may only be noted", (await staff.Get("/staff/hash-bank/sources/lab")).Document.QuerySelector(".callout")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_source_s_rows_refusals_and_disputes_are_counted(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        await host.Import("lab", [Row(1, 1, hashes: Hashes(1, sha256: true)), Row(2, 2), new ImportRow.Refused("odd", "odd") { Place = 3 }]);
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Dispute(new HashRecordId(1));
        using var staff = await host.SignInEnglish(Role.Auditor);

        var page = await staff.Get("/staff/hash-bank/sources/lab");

        var facts = page.Document.QuerySelectorAll("dl.facts > div").ToDictionary(d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent.Trim());
        Assert.Equal("2", facts["Rows taken"]);
        Assert.StartsWith("1 (33.3", facts["Refused"], StringComparison.Ordinal);
        Assert.Equal("1, found wrong: 0", facts["Disputed"]);
        Assert.Equal("holds nothing", facts["Brake"]);
        Assert.NotNull(page.Document.QuerySelector("svg.days[role=img][aria-label]"));
        Assert.Equal(["2", "1", "0"], Assert.Single(page.Document.QuerySelectorAll("tbody tr")).QuerySelectorAll("td.number").Select(c => c.TextContent));
    }

    [Theory, OnBothDatabases]
    public async Task Every_held_import_has_its_form_and_is_decided_by_itself(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:BrakeNumber"] = "10" });
        var held = new List<ImportRun>();
        foreach (var (source, first) in new[] { ("one", 1), ("two", 101) })
        {
            await host.Admit(source);
            await host.Import(source, Enumerable.Range(first, 50).Select(i => (ImportRow)Row(i, i)), source);
            held.Add(await host.Import(source, Enumerable.Range(first, 50).Select(i => (ImportRow)Row(i, i, Says.TakesBack)), $"{source} takes back"));
        }

        using var staff = await host.SignInEnglish(Role.Quality);
        var page = await staff.Get("/staff/hash-bank/sources");
        Assert.Equal(2, page.Document.QuerySelectorAll("form.release").Length);
        Assert.Equal(page.Document.QuerySelectorAll("[id]").Length, page.Document.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());

        // The page of imports has the same ones.
        Assert.Equal(
            page.Document.QuerySelectorAll("form.release").Select(f => f.GetAttribute("action")).Order(StringComparer.Ordinal),
            (await staff.Get("/staff/hash-bank/imports")).Document.QuerySelectorAll("form.release").Select(f => f.GetAttribute("action")).Order(StringComparer.Ordinal));

        // The second first, and at first without a reason: what was chosen stays, and the other form is as it was.
        var second = held[1].Id;
        var back = await staff.Submit(page, new Dictionary<string, string> { [$"decision-{second}"] = "go-on" }, $"form.release[action$='{second}']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        Assert.NotNull(back.Document.QuerySelector($"input[name='decision-{second}'][value=go-on][checked]"));
        Assert.NotNull(back.Document.QuerySelector($"input[name='decision-{held[0].Id}'][value=abandon][checked]"));
        var done = await staff.Submit(back, new Dictionary<string, string> { [$"reason-{second}"] = "They told us." }, $"form.release[action$='{second}']");

        Assert.Equal("/staff/hash-bank/sources", done.Location?.ToString());
        Assert.Single((await staff.Get("/staff/hash-bank/sources")).Document.QuerySelectorAll("form.release"));
        Assert.Equal([null, staff.Staff], await host.Read(db => db.Set<ImportRun>().Where(r => r.State == ImportState.Held).OrderBy(r => r.StartedAt).Select(r => r.ReleasedBy).ToListAsync()));
        using var auditor = await host.SignInEnglish(Role.Auditor);
        Assert.Empty((await auditor.Get("/staff/hash-bank/sources")).Document.QuerySelectorAll("form.release"));
        Assert.Empty((await auditor.Get("/staff/hash-bank/imports")).Document.QuerySelectorAll("form.release"));
    }

    [Theory, OnBothDatabases]
    public async Task What_an_import_calls_harmless_is_on_the_negative_list_with_its_source_and_pages(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        await host.Import("lab", Enumerable.Range(1, 60).Select(i => (ImportRow)Row(i, i, Says.Benign)));
        using var staff = await host.SignInEnglish(Role.Quality);

        var page = await staff.Get("/staff/hash-bank/negative-list");

        Assert.Contains("On the list: 60", page.Text, StringComparison.Ordinal);
        Assert.Equal(50, page.Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("lab", page.Document.QuerySelector("main tbody tr")!.TextContent, StringComparison.Ordinal);
        var more = await staff.Get(page.Document.QuerySelector("nav.pages a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(10, more.Document.QuerySelectorAll("main tbody tr").Length);
    }
}
