using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Merging;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>Ways around the blindness: other cases, other pages, other parts in the same dispute.</summary>
public sealed class BlindnessGapsTests
{
    [Theory, OnBothDatabases]
    public async Task An_earlier_case_about_the_record_shows_its_verdict_only_when_the_open_one_is_decided(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var first = await host.SignInEnglish(Role.Quality);
        using var second = await host.SignInEnglish(Role.Quality);
        using var auditor = await host.SignInEnglish(Role.Auditor);
        var record = await host.Known(1);
        var earlier = await Disputed(host, record, "One");
        await first.Assess(earlier, DisputeDesk.Seen);
        Assert.Contains("looked again", (await second.Get(DisputeDesk.Page(earlier))).Text, StringComparison.Ordinal);
        var open = await Disputed(host, record, "Two");

        Assert.Equal(DisputeDesk.Page(open), (await second.Get(DisputeDesk.Page(earlier))).Location?.ToString());
        var list = await second.Get("/staff/hash-bank/disputes");
        Assert.DoesNotContain("The record stands", list.Text, StringComparison.Ordinal);
        // Who can't become the assessor isn't kept from it: the first decided, the auditor may not.
        foreach (var client in new[] { first, auditor })
        {
            Assert.Contains("looked again", (await client.Get(DisputeDesk.Page(earlier))).Text, StringComparison.Ordinal);
            Assert.Contains("The record stands", (await client.Get("/staff/hash-bank/disputes")).Text, StringComparison.Ordinal);
        }

        await second.Assess(open, DisputeDesk.Seen);
        Assert.Contains("looked again", (await second.Get(DisputeDesk.Page(earlier))).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_enters_a_dispute_that_joins_a_case_does_not_decide_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var clerk = await host.SignInEnglish(Role.Quality);
        using var other = await host.SignInEnglish(Role.SeniorAnalyst);
        var record = await host.Known(1);
        var about = await Disputed(host, record, "One");
        // They hold the case already: it is free for others at once.
        await clerk.Submit(await clerk.Get(DisputeDesk.Page(about)), selector: "form.take");

        await clerk.Submit(await clerk.Get($"/staff/hash-bank/disputes/new?record={record}"), new Dictionary<string, string> { ["from"] = "Hotline", ["why"] = "NotIllegal", ["text"] = "we see it differently" });

        Assert.Null((await clerk.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(clerk, $"{DisputeDesk.Page(about)}/take")).Status);
        Assert.DoesNotContain("Disputes that wait: 1", (await clerk.Get("/staff")).Text, StringComparison.Ordinal);
        Assert.Equal(DisputeState.Open, (await host.Case()).State);
        Assert.NotNull((await other.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_finds_out_which_record_is_meant_does_not_decide_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var linker = await host.SignInEnglish(Role.Quality);
        using var other = await host.SignInEnglish(Role.SeniorAnalyst);
        using var person = host.Anonymous();
        var record = await host.Known(1);
        await person.FileDispute();
        var about = await host.Case();

        await linker.Submit(await linker.Get(DisputeDesk.Page(about)), new Dictionary<string, string> { ["record"] = record.ToString() }, "form.link");

        Assert.Null((await linker.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(linker, $"{DisputeDesk.Page(about)}/take")).Status);
        // They are no assessor any more, so the record isn't closed for them.
        Assert.Equal(HttpStatusCode.OK, (await linker.Get($"/staff/hash-bank/{record}")).Status);
        Assert.NotNull((await other.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
    }

    [Theory, OnBothDatabases]
    public async Task The_negative_list_is_no_way_to_a_record_that_somebody_has_to_assess_anew(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var auditor = await host.SignInEnglish(Role.SeniorAnalyst, Role.Quality);
        var record = await host.Known(1);
        var about = await Disputed(host, record, "One");
        var before = await host.Changes();

        var sent = await assessor.Submit(await assessor.Get("/staff/hash-bank/negative-list"), new Dictionary<string, string> { ["kind"] = "sha256", ["hash"] = Bank.HashesOf(1)[2].Value, ["why"] = "harmless" });

        Assert.Equal(DisputeDesk.Page(about), sent.Location?.ToString());
        Assert.Equal(before, await host.Changes());
        Assert.NotNull((await assessor.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
        // A hash that nothing is known of is taken as ever.
        Assert.StartsWith("/staff/hash-bank/2", (await auditor.Submit(await auditor.Get("/staff/hash-bank/negative-list"), new Dictionary<string, string> { ["kind"] = "sha256", ["hash"] = Bank.HashesOf(2)[2].Value, ["why"] = "harmless" })).Location?.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_record_that_somebody_has_to_assess_anew_is_not_on_the_negative_list_for_them(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var proposer = await host.SignInEnglish(Role.SeniorAnalyst);
        using var assessor = await host.SignInEnglish(Role.Quality);
        await proposer.Submit(await proposer.Get("/staff/hash-bank/negative-list"), new Dictionary<string, string> { ["hash"] = Bank.Look(1).ToString(), ["why"] = "a grid" });
        Assert.Equal("Waits for a second person", State(await assessor.Get("/staff/hash-bank/negative-list")));

        await Disputed(host, new HashRecordId(1), "One");

        var page = await assessor.Get("/staff/hash-bank/negative-list");
        Assert.Empty(page.Document.QuerySelectorAll("main tbody tr"));
        Assert.Contains("On the list: 0", page.Text, StringComparison.Ordinal);
        Assert.Contains("aren't here until they have been decided", page.Text, StringComparison.Ordinal);
        var theirs = await proposer.Get("/staff/hash-bank/negative-list");
        Assert.Equal("Waits for a second person", State(theirs));
        Assert.DoesNotContain("aren't here", theirs.Text, StringComparison.Ordinal);

        static string State(HtmlAnswer page) => page.Document.QuerySelector("main tbody .badge")!.TextContent.Trim();
    }

    [Theory, OnBothDatabases]
    public async Task The_number_of_a_merged_record_is_no_way_around(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var first = await host.SignInEnglish(Role.Quality);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var auditor = await host.SignInEnglish(Role.Auditor);
        var (one, two, three, other) = (await host.Known(1), await host.Known(2), await host.Known(3), await host.Known(4));
        var earlier = await Disputed(host, two, "One");
        await first.Assess(earlier, DisputeDesk.Seen);
        var inner = await host.Merged(two, three);
        await host.Merged(one, two);
        var open = await Disputed(host, one, "Two");
        Assert.Equal(one, open.RecordId);

        // The merge of two that are both part of the one in dispute, the merge with another one, the quarantine, the case before they were one.
        foreach (var path in new[] { $"/staff/hash-bank/merges/{inner}", $"/staff/hash-bank/merges/new?one={three}&other={other}", $"/staff/hash-bank/quarantine/{two}", DisputeDesk.Page(earlier) })
        {
            Assert.Equal(DisputeDesk.Page(open), (await assessor.Get(path)).Location?.ToString());
        }

        var list = await assessor.Get("/staff/hash-bank/merges");
        Assert.DoesNotContain("saved smaller", list.Text, StringComparison.Ordinal);
        Assert.Equal(2, list.Document.QuerySelectorAll("main tbody td:last-child .badge").Length);
        Assert.DoesNotContain("The record stands", (await assessor.Get("/staff/hash-bank/disputes")).Text, StringComparison.Ordinal);
        Assert.Equal(["Confirmed", "In dispute", "In dispute", "In dispute"], (await assessor.Get("/staff/hash-bank")).Document.QuerySelectorAll("main tbody .badge").Select(b => b.TextContent.Trim()));
        Assert.Contains("saved smaller", (await auditor.Get("/staff/hash-bank/merges")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get($"/staff/hash-bank/merges/{inner}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task No_list_says_by_a_badge_a_filter_or_a_place_whether_a_record_holds_that_somebody_has_to_assess_anew(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var auditor = await host.SignInEnglish(Role.Auditor);
        var other = await host.Known(1);
        var record = await host.Record(2, Merges.Version(1, 1));
        var newest = await host.Known(3);
        await host.TryMerge(other, record);
        await Disputed(host, record, "One");
        var (look, digest) = (Bank.Look(1).ToString(), Merges.Version(1, 1)[0].Item2);

        // One that waits is before the others, whose order is that of their numbers.
        Assert.Equal([record, newest, other], Numbers(await auditor.Get("/staff/hash-bank")));
        Assert.Equal([newest, record, other], Numbers(await assessor.Get("/staff/hash-bank")));
        foreach (var path in new[] { "/staff/hash-bank", $"/staff/hash-bank?q={digest}", $"/staff/hash-bank?q={look}&radius=31", $"/staff/hash-bank/{other}" })
        {
            Assert.Equal("In dispute", Badge(await assessor.Get(path)));
            Assert.Equal("Waits for a second person", Badge(await auditor.Get(path)));
        }

        foreach (var path in new[] { "/staff/hash-bank?state=Proposed", $"/staff/hash-bank?state=Proposed&q={digest}" })
        {
            var page = await assessor.Get(path);
            Assert.Empty(Numbers(page));
            Assert.Contains("aren't here until they have been decided", page.Text, StringComparison.Ordinal);
            Assert.Equal([record], Numbers(await auditor.Get(path)));
        }

        // Why somebody thinks that they are one is free text, on the other one's page, too.
        Assert.DoesNotContain("saved smaller", (await assessor.Get($"/staff/hash-bank/{other}")).Text, StringComparison.Ordinal);
        Assert.Contains("saved smaller", (await auditor.Get($"/staff/hash-bank/{other}")).Text, StringComparison.Ordinal);

        static List<HashRecordId> Numbers(HtmlAnswer page) =>
            [.. page.Document.QuerySelectorAll("main tbody td:first-child a").Select(a => HashRecordId.TryParse(a.TextContent, out var id) ? id : default)];

        string Badge(HtmlAnswer page) => page.Document.QuerySelectorAll("main tbody tr").First(r => r.QuerySelector($"a[href='/staff/hash-bank/{record}']") is not null).QuerySelector(".badge")!.TextContent.Trim();
    }

    private static async Task<DisputeCase> Disputed(EgidaHost host, HashRecordId record, string by)
    {
        var (partner, _) = await host.Partner(by);
        using (partner)
        {
            await partner.Dispute(record);
        }

        return await host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.DecidedAt == null));
    }

    private static async Task<HtmlAnswer> Post(TestClient client, string path)
    {
        var token = (await client.Get("/staff/hash-bank/negative-list")).Document.QuerySelector("main form input[type=hidden]")!;
        return await client.Post(path, new Dictionary<string, string> { [token.GetAttribute("name")!] = token.GetAttribute("value")! });
    }
}
