using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Merging;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>The console says what is next, what contradicts itself, and how much it doesn't show.</summary>
public sealed class ConsoleTests
{
    [Theory, OnBothDatabases]
    public async Task The_next_act_stands_first_and_what_is_in_a_table_has_a_heading(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Record(1);
        using var staff = await host.SignInEnglish(Role.Quality);

        var page = await staff.Get($"/staff/hash-bank/{record}");

        Assert.NotNull(page.Document.QuerySelector("main section.next form.confirm"));
        Assert.Equal(page.Document.QuerySelector("main section"), page.Document.QuerySelector("main section.next"));
        Assert.Equal(["What now", "Facts", "Hashes", "Records like it", "Partners who were told of it", "Labels", "Who said what", "What happened to the record"], page.Document.QuerySelectorAll("main h2").Select(h => h.TextContent));
        Assert.All(page.Document.QuerySelectorAll("main details"), d => Assert.False(d.HasAttribute("open")));
        var back = await staff.Submit(page, new Dictionary<string, string> { ["reason"] = "" }, "form.withdraw");
        Assert.Single(back.Document.QuerySelectorAll("main details[open] form.withdraw"));
    }

    [Theory, OnBothDatabases]
    public async Task Neighbours_are_the_nearest_fifty_and_the_rest_is_a_page_away(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        for (var other = 0; other < 60; other++)
        {
            await host.Record(100 + other, [(HashKind.Pdq, Bank.Near(1, 1 + (other % 30)).ToString(), 80), (HashKind.Sha256, new string("0123456789abcdef"[other % 16], 62) + other.ToString("00", System.Globalization.CultureInfo.InvariantCulture), null)]);
        }

        using var staff = await host.SignInEnglish(Role.Auditor);
        var page = await staff.Get($"/staff/hash-bank/{record}");
        Assert.Contains("the first 50 of 60", page.Text, StringComparison.Ordinal);

        var all = await staff.Get(page.Document.QuerySelector("main a[href*='radius=31']")!.GetAttribute("href")!);
        var more = await staff.Get(all.Document.QuerySelector("nav.pages a[rel=next]")!.GetAttribute("href")!);

        Assert.Contains("Records (61)", all.Text, StringComparison.Ordinal);
        Assert.Equal((50, 11), (all.Document.QuerySelectorAll("main tbody tr").Length, more.Document.QuerySelectorAll("main tbody tr").Length));
    }

    [Theory, OnBothDatabases]
    public async Task The_negative_list_is_listed_and_whoever_puts_something_on_it_is_told_so(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Quality);
        var form = await staff.Get("/staff/hash-bank/negative-list");
        Assert.Contains("Nothing is on the list yet", form.Text, StringComparison.Ordinal);

        var listed = await staff.Follow(await staff.Submit(form, new Dictionary<string, string> { ["hash"] = Bank.Look(1).ToString(), ["why"] = "a grid of previews" }));

        Assert.Contains("Proposed for the negative list", listed.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var page = await staff.Get("/staff/hash-bank/negative-list");
        Assert.Contains("/staff/hash-bank/1", page.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get("/staff/hash-bank/1?done=nonsense")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_record_stands_once_on_the_negative_list_with_what_was_said_under_the_number_of_one_that_is_part_of_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Quality);
        using var second = await host.SignInEnglish(Role.SeniorAnalyst);
        var withdrawn = await host.Known(1);
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(withdrawn, Bank.Person(3), "a mistake", CancellationToken.None));
        var doubted = await host.Known(2);
        foreach (var (item, by) in new[] { (3, staff), (3, second), (4, staff), (4, second) })
        {
            await by.Submit(await by.Get("/staff/hash-bank/negative-list"), new Dictionary<string, string> { ["kind"] = "sha256", ["hash"] = Bank.HashesOf(item)[2].Value, ["why"] = "a grid" });
        }

        // The older one stands for both, and only the newer one's words call it harmless: alone, or against others.
        await host.Merged(withdrawn, new HashRecordId(3));
        await host.Merged(doubted, new HashRecordId(4));
        Assert.True((await host.Get(withdrawn)).IsBenign);
        Assert.Equal(HashRecordState.Disputed, (await host.Get(doubted)).State);

        var page = await staff.Get("/staff/hash-bank/negative-list");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal([$"/staff/hash-bank/{doubted}", $"/staff/hash-bank/{withdrawn}"], page.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")));
        Assert.Contains("On the list: 2", page.Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Merged_records_are_found_by_their_state(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        await host.Merged(one, other);
        using var staff = await host.SignInEnglish(Role.Auditor);

        var page = await staff.Get("/staff/hash-bank?state=Merged");

        Assert.Equal($"/staff/hash-bank/{other}", Assert.Single(page.Document.QuerySelectorAll("main tbody a")).GetAttribute("href"));
        Assert.Contains("Records (1)", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Contradictions_are_what_the_latest_words_differ_in()
    {
        var (first, second) = (Bank.Person(1), Bank.Person(2));
        ShowHashRecord.Said[] said =
        [
            Said(1, first, Says.Known, """{"PL":"illegal","CZ":"1"}"""), Said(2, second, Says.Known, """{"PL":"not-illegal"}"""), Said(3, second, Says.Known, """{"PL":"illegal"}"""), Said(4, null, Says.Benign),
        ];

        Assert.Equal([null, "PL"], Contradictions.Among(said[..2].Append(said[3])).Select(c => c.Jurisdiction));
        Assert.Equal([null], Contradictions.Among(said).Select(c => c.Jurisdiction));
        Assert.Empty(Contradictions.Among([.. said, Said(5, null, Says.TakesBack)]));

        static ShowHashRecord.Said Said(int statement, StaffId? by, Says says, string? outcomes = null) => new(
            new Contribution { RecordId = new(1), StatementId = statement, Says = says },
            new Statement { Id = statement, SourceId = by is null ? (short)2 : HashSource.House, By = by, At = DateTime.UnixEpoch },
            new HashSource { Id = by is null ? (short)2 : HashSource.House, Code = "x", Name = "x", Trust = Trust.Proposes },
            outcomes is null ? null : Classification.Of("ucs", "{}", outcomes));
    }
}
