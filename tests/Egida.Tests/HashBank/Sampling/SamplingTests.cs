using System.Net;
using Egida.Access;
using Egida.Audit;
using Egida.Evidence;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Sampling;

/// <summary>Chance says which confirmed records are assessed anew, and nobody is told more of it than they should be.</summary>
public sealed class SamplingTests
{
    [Theory, OnBothDatabases]
    public async Task A_draw_takes_from_each_person_and_source_what_has_changed_since_the_last_one(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var (one, two) = (await host.Assessed(Bank.Person(11), 7), await host.Assessed(Bank.Person(12), 3, from: 100));
        await host.Known(500);
        Assert.Contains("Nothing has been drawn yet", (await quality.Get(SampleBench.Page)).Text, StringComparison.Ordinal);

        var sampled = await host.Draw(quality);

        // Five of the first, all of the second, and none of which only hashes are here.
        Assert.Equal((5, 3), (sampled.Count(s => one.Contains(s.RecordId)), sampled.Count(s => two.Contains(s.RecordId))));
        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().ToListAsync());
        Assert.Equal(8, cases.Count);
        Assert.All(cases, c => Assert.Equal((DisputeParty.Sample, DisputeState.Open, 0), (c.Party, c.State, c.Filings)));
        var sample = await host.Read(db => db.Set<HashSample>().AsNoTracking().SingleAsync());
        Assert.Contains(Convert.ToHexStringLower(sample.Seed), (await host.Read(db => db.Set<AuditEntry>().SingleAsync(e => e.Action == "hash-bank.draw-sample"))).Data, StringComparison.Ordinal);

        // Nothing came of which there is material: nothing is drawn, least of all the two that were left over.
        await host.Known(501);
        host.Clock.Advance(TimeSpan.FromDays(8));
        var again = await quality.Follow(await quality.Submit(await quality.Get(SampleBench.Page), selector: "form.draw"));
        Assert.Contains("There is nothing to draw from", again.Text, StringComparison.Ordinal);
        var three = await host.Assessed(Bank.Person(11), 2, from: 200);
        Assert.Equal(three, (await host.Draw(quality)).Select(s => s.RecordId).Except(sampled.Select(s => s.RecordId)));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_knows_the_seed_draws_the_same_and_a_sample_that_was_tampered_with_is_named(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var records = await host.Assessed(Bank.Person(11), 12);
        var sampled = (await host.Draw(quality)).Select(s => s.RecordId).ToList();
        var page = $"{SampleBench.Page}/{await host.Read(db => db.Set<HashSample>().Select(s => s.Id).SingleAsync())}";
        var left = records.Except(sampled).ToList();
        Assert.NotNull((await quality.Get(page)).Document.QuerySelector("main a[href$='again=yes']"));

        // What happens to records afterwards changes nothing for the draw.
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(left[0], Bank.Person(3), "a mistake", CancellationToken.None));
        await host.InScope((DisputeHashRecord dispute) => dispute.Handle(sampled[0], Bank.Person(3), "doubtful", CancellationToken.None));
        Assert.Contains("The seed draws the same records", (await quality.Get($"{page}?again=yes")).Text, StringComparison.Ordinal);

        await host.Read(db => db.Set<SampledRecord>().Where(s => s.RecordId == sampled[1]).ExecuteUpdateAsync(s => s.SetProperty(r => r.RecordId, left[1])));
        var differs = await quality.Get($"{page}?again=yes");
        Assert.Contains("The seed draws something else", differs.Text, StringComparison.Ordinal);
        Assert.Contains(sampled[1].ToString(), differs.Document.QuerySelector(".callout")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_somebody_else_sees_differently_is_corrected_and_counted_and_who_assessed_first_does_not_decide(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        using var first = await host.SignInEnglish(Role.SeniorAnalyst);
        using var second = await host.SignInEnglish(Role.SeniorAnalyst);
        var records = await host.Assessed(first.Staff!.Value, 2);
        var sampled = await host.Draw(quality);
        var cases = new[] { await host.CaseOf(sampled[0]), await host.CaseOf(sampled[1]) };

        Assert.Null((await first.Get(DisputeDesk.Page(cases[0]))).Document.QuerySelector("form.take"));
        Assert.Equal(DisputeDesk.Page(cases[0]), (await second.Get($"/staff/hash-bank/{records[0]}")).Location?.ToString());
        var sample = $"{SampleBench.Page}/{sampled[0].SampleId}";
        Assert.Contains("hidden until decided", (await quality.Get(sample)).Text, StringComparison.Ordinal);
        await second.Assess(cases[0], new Dictionary<string, string> { ["sight"] = "Harmless", ["finding"] = "a garden" });
        await second.Assess(cases[1], DisputeDesk.Seen);

        Assert.Equal([DisputeVerdict.NegativeList, DisputeVerdict.Stands], [(await host.CaseOf(sampled[0])).Verdict, (await host.CaseOf(sampled[1])).Verdict]);
        Assert.Equal((HashRecordState.Proposed, HashRecordState.Confirmed), ((await host.Get(records[0])).State, (await host.Get(records[1])).State));
        Assert.Contains("differs", (await quality.Get(sample)).Document.QuerySelectorAll("section[aria-labelledby=cases-title] td").Select(c => c.TextContent));
        Assert.DoesNotContain("hidden until decided", (await quality.Get(sample)).Text, StringComparison.Ordinal);
        // Two say nothing about a person: neither a rate nor how many differed.
        var page = await quality.Get(SampleBench.Page);
        var rows = page.Document.QuerySelectorAll("section[aria-labelledby=people-title] tbody tr");
        Assert.Equal(["2", "—"], Assert.Single(rows).QuerySelectorAll("td.number").Select(c => c.TextContent.Trim()));
        Assert.Contains("fewer than 20", rows[0].TextContent, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_rate_has_its_interval_and_stands_in_the_order_of_names(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        await host.Assessed(Bank.Person(11), 24);
        await Draw(24);
        await host.Read(db => db.Set<DisputeCase>().ExecuteUpdateAsync(s => s
            .SetProperty(c => c.State, DisputeState.Decided).SetProperty(c => c.DecidedAt, host.Clock.Now).SetProperty(c => c.Verdict, DisputeVerdict.Stands)));
        var wrong = (await host.Sampled())[0].CaseId;
        await host.Read(db => db.Set<DisputeCase>().Where(c => c.Id == wrong).ExecuteUpdateAsync(s => s.SetProperty(c => c.Verdict, DisputeVerdict.Withdrawn)));

        var row = Assert.Single((await quality.Get(SampleBench.Page)).Document.QuerySelectorAll("section[aria-labelledby=sources-title] tbody tr"));

        var (low, high) = Agreement.Wilson(23 / 24.0, 24);
        string[] shown = ["24", .. new[] { 23 / 24.0 }.Select(Percent), $"{Percent(low)} – {Percent(high)}"];
        Assert.Equal(shown, row.QuerySelectorAll("td.number").Select(c => c.TextContent.Trim()));

        static string Percent(double share) => share.ToString("P1", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

        // All of them, as a country with other terms would.
        Task Draw(int least) => host.InScope((IServiceProvider services) => Microsoft.Extensions.DependencyInjection.ActivatorUtilities
            .CreateInstance<DrawSample>(services, new SamplingTerms(10, least, 60, 7, 20, 40)).Handle(Bank.Person(1), CancellationToken.None));
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_looked_at_any_more_is_not_drawn_and_what_was_drawn_is_set_aside_with_a_reason(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var gone = await host.Assessed(Bank.Person(11), 2);
        await host.Read(db => db.Set<CaseKey>().ExecuteUpdateAsync(s => s.SetProperty(k => k.DestroyedAt, host.Clock.Now)));
        var records = await host.Assessed(Bank.Person(11), 1, from: 10);
        var sampled = Assert.Single(await host.Draw(quality));
        Assert.Equal(records[0], sampled.RecordId);
        var about = await host.CaseOf(sampled);
        await quality.Submit(await quality.Get(DisputeDesk.Page(about)), selector: "form.take");

        var back = await quality.Submit(await quality.Get(DisputeDesk.Page(about)), new Dictionary<string, string> { ["aside"] = "" }, "form.aside");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        await quality.Submit(back, new Dictionary<string, string> { ["aside"] = "it can't be shown" }, "form.aside");

        Assert.Equal((DisputeVerdict.NotExamined, HashRecordState.Confirmed), ((await host.CaseOf(sampled)).Verdict, (await host.Get(records[0])).State));
        var page = await quality.Get(SampleBench.Page);
        Assert.Contains("Set aside because they couldn't be assessed: 1", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("section[aria-labelledby=people-title] tbody tr"));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(gone[0])).State);
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_who_disputes_a_sampled_record_joins_its_case_and_must_get_an_answer(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var records = await host.Assessed(Bank.Person(11), 1);
        await host.Draw(quality);
        var (partner, _) = await host.Partner();
        using var _partner = partner;

        await partner.Dispute(records[0]);

        var about = await host.Case();
        Assert.Equal((DisputeParty.Sample, 1), (about.Party, about.Filings));
        await quality.Submit(await quality.Get(DisputeDesk.Page(about)), selector: "form.take");
        Assert.Null((await quality.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.aside"));
    }
}
