using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.HashBank.Suggestions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Clusters;
using Egida.Tests.HashBank.Disputes;
using Egida.Tests.HashBank.Imports;
using Egida.Tests.HashBank.Merging;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Suggestions;

public sealed class SuggestionsTests
{
    [Theory, OnBothDatabases]
    public async Task One_file_of_two_lists_comes_before_a_similar_picture_and_is_merged_from_the_page(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (picture, smaller) = (await host.Known(7, Clustering.Looking(7, Bank.Near(50, 0))), await host.Record(8, Clustering.Looking(8, Bank.Near(50, 6))));
        await host.Admit("one");
        await host.Admit("two");
        await host.Import("one", [Row(1, 1, hashes: Hashes(1, pdq: false)), Row(2, 1, hashes: Hashes(1, md5: false, sha1: false, sha256: true))]);
        await host.Import("two", [Row(1, 1, hashes: Hashes(1, pdq: false, sha256: true))], "other");
        await host.FollowClusters();
        using var staff = await host.SignInEnglish(Role.SeniorAnalyst);

        Assert.NotNull((await staff.Get("/staff/hash-bank")).Document.QuerySelector($"main a[href='{ListSuggestions.Path}']"));
        var page = await staff.Get(ListSuggestions.Path);
        Assert.Equal(["same SHA-1", "similar look, different bits: 6"], page.Document.QuerySelectorAll("main tbody td:first-child").Select(c => c.TextContent.Trim()));
        Assert.Equal(["3", "4"], page.Document.QuerySelectorAll("main tbody tr:first-child a.mono").Select(a => a.TextContent));
        Assert.Single((await staff.Get($"{ListSuggestions.Path}?by=Look")).Document.QuerySelectorAll("main tbody tr"));
        var compare = await staff.Get(page.Document.QuerySelector("main tbody a[href*='merges/new']")!.GetAttribute("href")!);
        await staff.Submit(compare, new Dictionary<string, string> { ["why"] = "one file, two lists" }, "form.merge");

        // Gone at once, not only when it has been worked out.
        Assert.Equal([$"/staff/hash-bank/{picture}", $"/staff/hash-bank/{smaller}"], (await staff.Get(ListSuggestions.Path)).Document.QuerySelectorAll("main tbody a.mono").Select(a => a.GetAttribute("href")));
        await host.FollowClusters();
        Assert.Equal([smaller.Value], (await host.KeptSuggestions()).Keys);
    }

    [Theory, OnBothDatabases]
    public async Task Who_are_told_apart_never_come_back_and_the_next_nearest_is_asked_about(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, two, three) = (await host.Record(1, Clustering.Looking(1, Bank.Near(50, 0))), await host.Record(2, Clustering.Looking(2, Bank.Near(50, 4))), await host.Record(3, Clustering.Looking(3, Bank.Near(50, 6))));
        await host.FollowClusters();
        Assert.Equal([(one.Value, Resemblance.Look, 4), (two.Value, Resemblance.Look, 2)], (await host.KeptSuggestions()).Values);
        using var staff = await host.SignInEnglish(Role.SeniorAnalyst);
        var compare = await staff.Get($"/staff/hash-bank/merges/new?one={two}&other={three}");

        var missing = await staff.Submit(compare, new Dictionary<string, string> { ["distinct"] = " " }, "form.apart");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.Status);
        Assert.Equal("#distinct", missing.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
        var done = await staff.Follow(await staff.Submit(missing, new Dictionary<string, string> { ["distinct"] = "another garden" }, "form.apart"));

        Assert.Contains("This pair doesn't come back", done.Text, StringComparison.Ordinal);
        Assert.Single(done.Document.QuerySelectorAll("main tbody tr"));
        await host.FollowClusters();
        Assert.Equal([(one.Value, Resemblance.Look, 4), (one.Value, Resemblance.Look, 6)], (await host.KeptSuggestions()).Values);
        Assert.Equal(("hash-bank.tell-apart", "another garden"), await host.Read(db => db.Set<Egida.Audit.AuditEntry>().Where(e => e.Subject == two.Subject).OrderBy(e => e.Seq).Select(e => new ValueTuple<string, string?>(e.Action, e.Reason)).LastAsync()));
        // Whoever knows better can merge them still, and sees who found otherwise; what is found once needn't be found again.
        var again = await staff.Get($"/staff/hash-bank/merges/new?one={two}&other={three}");
        Assert.Contains("another garden", again.Text, StringComparison.Ordinal);
        Assert.NotNull(again.Document.QuerySelector("form.merge"));
        Assert.Null(again.Document.QuerySelector("form.apart"));
        Assert.Equal(TellApart.Outcome.NothingToDo, await host.TellApart(three, two));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_found_about_a_merged_record_holds_for_the_survivor_and_a_declined_merge_counts_too(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, two, three) = (await host.Record(1, Clustering.Looking(1, Bank.Near(50, 0))), await host.Record(2, Clustering.Looking(2, Bank.Near(50, 3))), await host.Record(3, Clustering.Looking(3, Bank.Near(50, 8))));
        Assert.Equal(TellApart.Outcome.Done, await host.TellApart(three, two));
        await host.Merged(one, two);
        await host.FollowClusters();
        Assert.Empty(await host.KeptSuggestions());

        var four = await host.Record(4, Clustering.Looking(4, Bank.Near(50, 9)));
        await host.FollowClusters();
        Assert.Equal((three.Value, Resemblance.Look, 1), (await host.KeptSuggestions())[four.Value]);
        var merge = await host.Merge(three, four);
        using var staff = await host.SignInEnglish(Role.Quality);
        // Somebody is deciding.
        Assert.Empty((await staff.Get(ListSuggestions.Path)).Document.QuerySelectorAll("main tbody tr"));
        await host.InScope((SettleMerge settle) => settle.Decline(merge, Bank.Person(4), "another garden", CancellationToken.None));
        Assert.Empty((await staff.Get(ListSuggestions.Path)).Document.QuerySelectorAll("main tbody tr"));
        await host.FollowClusters();
        Assert.Equal([(one.Value, Resemblance.Look, 9)], (await host.KeptSuggestions()).Values);
    }

    [Theory, OnBothDatabases]
    public async Task A_crowd_is_no_matter_of_pairs_and_the_list_is_leafed_through(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        Assert.Equal(100, SuggestionBook.MostInCluster);
        await host.Import("lab", [.. Enumerable.Range(0, SuggestionBook.MostInCluster).Select(i => Row(i + 1, i, hashes: Copy(i)))]);
        await host.FollowClusters();
        Assert.Equal(SuggestionBook.MostInCluster - 1, (await host.KeptSuggestions()).Count);
        using var staff = await host.SignInEnglish(Role.Quality);
        var last = await staff.Get($"{ListSuggestions.Path}?page=4");
        Assert.Equal(24, last.Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Equal("4", last.Document.QuerySelector("nav.pages [aria-current=page]")!.TextContent);

        await host.Import("lab", [Row(1, 200, hashes: Copy(200))], "one more");
        await host.FollowClusters();
        Assert.Empty(await host.KeptSuggestions());
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(new(50), Bank.Person(3), "a mistake", CancellationToken.None));
        await host.FollowClusters();
        Assert.Equal(await host.ExpectedSuggestions(), await host.KeptSuggestions());
        Assert.Equal(SuggestionBook.MostInCluster - 1, (await host.KeptSuggestions()).Count);

        static ItemHashes Copy(int item) => new() { Sha256 = Convert.FromHexString(Bank.HashesOf(item)[2].Value), Pdq = Bank.Near(50, item % 12).ToByteArray(), PdqQuality = 100 };
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_may_still_judge_a_record_anew_sees_neither_its_pair_nor_why_it_was_told_apart(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (record, copy) = (await host.Known(1, Clustering.Looking(1, Bank.Near(50, 0))), await host.Known(2, Clustering.Looking(2, Bank.Near(50, 5))));
        var (quiet, similar) = (await host.Known(3, Clustering.Looking(3, Bank.Near(60, 0))), await host.Known(4, Clustering.Looking(4, Bank.Near(60, 5))));
        await host.FollowClusters();
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Dispute(copy);
        using var assessor = await host.SignInEnglish(Role.Quality);

        var list = await assessor.Get(ListSuggestions.Path);
        Assert.Equal([quiet.ToString(), similar.ToString()], list.Document.QuerySelectorAll("main tbody a.mono").Select(a => a.TextContent));
        Assert.Contains("aren't here until it has been decided", list.Text, StringComparison.Ordinal);
        // What was said about both stands on neither page for them.
        Assert.Equal(TellApart.Outcome.Done, await host.TellApart(record, copy));
        Assert.DoesNotContain("another picture", (await assessor.Get($"/staff/hash-bank/{record}")).Text, StringComparison.Ordinal);
        var form = await assessor.Get($"/staff/hash-bank/merges/new?one={quiet}&other={similar}");
        var about = DisputeDesk.Page(await host.Case());
        Assert.Equal(about, (await assessor.Get($"/staff/hash-bank/merges/new?one={record}&other={copy}")).Location?.ToString());
        Assert.Equal(about, (await assessor.Submit(form, new Dictionary<string, string> { ["one"] = record.ToString(), ["other"] = copy.ToString(), ["distinct"] = "x" }, "form.apart")).Location?.ToString());
        Assert.Equal(1, await host.Read(db => db.Set<DistinctPair>().CountAsync()));
    }
}
