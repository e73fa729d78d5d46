using System.Net;
using Egida.Intake;
using Egida.Intake.Receipts;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Intake;

public class ReadReceiptTests
{
    private static readonly DateTime Day = new(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [OnBothDatabases("pl", "Pracujemy nad tym")]
    [OnBothDatabases("en", "We are working on it")]
    [OnBothDatabases("uk", "Ми працюємо над цим")]
    public async Task A_reporter_comes_back_with_the_code_and_reads_that_work_goes_on(DatabaseKind database, string language, string words)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var code = await client.Report("https://example.test/a", language);
        var page = await client.LookUp(code.Replace(" ", "-", StringComparison.Ordinal), language);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.test", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(code[..9], page.Html, StringComparison.Ordinal);
        Assert.Equal(5, page.Document.QuerySelectorAll("ol.road > li").Length);
    }

    [Theory, OnBothDatabases]
    public async Task The_receipt_tells_each_place_in_the_order_typed(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var code = await client.Report("https://example.test/a\nMessenger X, group 7", "en");
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Sample.Kind, Actor.System("test"), "item:test");
            var item = await action.Db.Set<Item>().SingleAsync(i => i.Host == "example.test");
            item.Outcome = ItemOutcome.Illegal;
            item.Close(ItemClosure.Removed, action.Now);
            await action.Reach(item, Station.Answered, CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });

        var page = await client.LookUp(code, "en");
        var places = page.Document.QuerySelectorAll(".place h2").Select(h => h.TextContent).ToList();
        Assert.Equal(["Place 1 of 2: It is no longer there", "Place 2 of 2: A person will look at it"], places);
    }

    [Theory, OnBothDatabases]
    public async Task An_unknown_code_gets_the_same_plain_refusal_whatever_exists(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var one = await client.LookUp(new string('0', 40), "en");
        await client.Report("https://example.test/a");
        var other = await client.LookUp(new string('0', 40), "en");

        Assert.Equal(HttpStatusCode.NotFound, one.Status);
        Assert.Equal(one.Html, other.Html);
        Assert.Contains("We have no report with this code", one.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter the code")]
    [InlineData("1234 5678", "there are 8 here")]
    [InlineData("0000 0000 0000 0000 0000 0000 0000 0000 0000 0001", "One digit is different")]
    public async Task A_mistyped_code_is_told_as_such_and_kept(string typed, string said)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var page = await client.LookUp(typed, "en");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Equal(typed, page.Document.QuerySelector("#code")!.TextContent);
    }

    [Fact]
    public async Task The_code_can_be_saved_as_text()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var sent = await client.Submit(await client.FillIn("https://example.test/a"));
        var file = await client.Submit(sent, selector: "form[action$='/receipt/save']");
        Assert.Equal("attachment", file.Response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("text/plain", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(Reporter.CodeOn(sent)[..24], file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("example.test", file.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemClosure.Removed, ReceiptAnswer.Removed)]
    [InlineData(ItemClosure.NotIllegal, ReceiptAnswer.NotIllegal)]
    [InlineData(ItemClosure.NothingThere, ReceiptAnswer.NothingThere)]
    [InlineData(ItemClosure.HandedToSisterHotline, ReceiptAnswer.HandedToSisterHotline)]
    [InlineData(ItemClosure.ByPerson, ReceiptAnswer.ByPerson)]
    public void The_outcome_is_told_once_the_reporter_may_be_answered_and_not_before(ItemClosure closure, ReceiptAnswer expected)
    {
        var item = SomeItem(closure);
        Assert.Equal(ReceiptAnswer.InWork, ReadReceipt.Decide(Filed(Day), item, []).Answer);
        item.Reached(Station.Answered);
        var place = ReadReceipt.Decide(Filed(Day), item, [new RoadStop { ItemId = item.Id, Station = Station.Answered, At = Day.AddDays(3), By = "system" }]);
        Assert.Equal(expected, place.Answer);
        Assert.Equal(Day.AddDays(3), place.ClosedAt);
    }

    [Fact]
    public void Before_the_answer_nothing_on_the_receipt_differs_however_far_the_item_got()
    {
        var report = Filed(Day);
        var first = ReadReceipt.Decide(report, Open(Station.Filed), []);
        foreach (var reached in Enum.GetValues<Station>().Where(s => s < Station.Answered))
        {
            foreach (var (outcome, person) in new (ItemOutcome?, PersonNeeded?)[] { (null, null), (ItemOutcome.Illegal, null), (ItemOutcome.Illegal, PersonNeeded.NoRoute) })
            {
                var item = Open(reached);
                (item.Outcome, item.PersonNeeded) = (outcome, person);
                var stops = Enum.GetValues<Station>().Where(s => s <= reached)
                    .Select(s => new RoadStop { ItemId = item.Id, Station = s, At = Day.AddHours((int)s), By = "system" });
                var place = ReadReceipt.Decide(report, item, [.. stops]);

                Assert.Equal(first with { Road = place.Road }, place);
                Assert.Equal(first.Road, place.Road);
            }
        }

        Assert.Equal([RoadState.Done, RoadState.Current, RoadState.Waiting, RoadState.Waiting, RoadState.Waiting], first.Road.Select(s => s.State));
        Assert.All(first.Road, s => Assert.Null(s.At));
    }

    [Fact]
    public void A_report_of_something_that_was_gone_is_told_that_a_person_will_look()
    {
        var item = SomeItem(ItemClosure.Removed);
        item.Reached(Station.Answered);
        item.Joined(Day.AddDays(5));
        Assert.Equal(ReceiptAnswer.Again, ReadReceipt.Decide(Filed(Day.AddDays(5)), item, []).Answer);
        item.PersonNeeded = null;
        item.Close(ItemClosure.ByPerson, Day.AddDays(6));
        Assert.Equal(ReceiptAnswer.ByPerson, ReadReceipt.Decide(Filed(Day.AddDays(5)), item, []).Answer);
    }

    private static Item Open(Station reached)
    {
        var item = new Item
        {
            Id = ItemId.From(Guid.CreateVersion7()),
            AddressKey = [1],
            Address = null,
            AsTyped = new ReportedAddress("x"),
            OpenedAt = Day,
        };
        item.Reached(reached);
        return item;
    }

    private static Item SomeItem(ItemClosure closure)
    {
        var item = Open(Station.Filed);
        item.Close(closure, Day.AddDays(3));
        return item;
    }

    private static Report Filed(DateTime at) => new()
    {
        Id = ReportId.From(Guid.CreateVersion7()),
        ItemId = default,
        FiledAt = at,
        Channel = IntakeChannel.WebForm,
        Concern = ReportedConcern.NotSure,
        Language = "pl",
        AsTyped = new ReportedAddress("x"),
        ReceiptHash = [],
    };
}
