using Egida.Intake;
using Egida.Intake.Form;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Intake;

public class FileReportTests
{
    private static FileReport.Form Form(string addresses, string details = "") => new(addresses, ReportedConcern.NotSure, details, "pl", Doubt: null);

    private static async Task<FileReport.Outcome.Filed> File(EgidaHost host, FileReport.Form form) =>
        Assert.IsType<FileReport.Outcome.Filed>(await host.Services.GetRequiredService<FileReport>().Handle(form, NewNonce(host), CancellationToken.None));

    private static FormNonce NewNonce(EgidaHost host)
    {
        var tokens = host.Services.GetRequiredService<FormTokens>();
        return Assert.IsType<FormTokenReading.Good>(tokens.Read(tokens.Issue())).Nonce;
    }

    [Theory, OnBothDatabases]
    public async Task A_first_report_opens_an_item_and_says_so(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var filed = await File(host, Form("https://example.test/a"));

        var item = await host.Read(db => db.Set<Item>().SingleAsync());
        var report = await host.Read(db => db.Set<Report>().SingleAsync());
        Assert.Equal("https://example.test/a", item.Address!.Value.Reveal());
        Assert.Equal("example.test", item.Host);
        Assert.Equal(1, item.ReportCount);
        Assert.Null(item.PersonNeeded);
        Assert.Equal(filed.Receipt.Hash, report.ReceiptHash);
        Assert.Equal(item.Id, report.ItemId);
        var events = await host.Read(db => db.Set<EventEntry>().OrderBy(e => e.Id).Select(e => e.Type).ToListAsync());
        Assert.Equal([nameof(ItemOpened), nameof(ReportFiled)], events.Order());
        Assert.True(await host.Read(db => db.Set<RoadStop>().AnyAsync(s => s.ItemId == item.Id && s.Station == Station.Filed)));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_address_in_another_spelling_becomes_a_count(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await File(host, Form("https://example.test/%7Ea"));
        await File(host, Form("see hxxps://EXAMPLE[.]test:443/./~a#top"));

        var item = await host.Read(db => db.Set<Item>().SingleAsync());
        Assert.Equal(2, item.ReportCount);
        Assert.Equal(2, await host.Read(db => db.Set<Report>().CountAsync()));
        Assert.Equal(1, await host.Read(db => db.Set<EventEntry>().CountAsync(e => e.Type == nameof(ItemOpened))));
    }

    [Theory, OnBothDatabases]
    public async Task Reports_of_one_new_address_at_the_same_time_end_as_one_item(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => File(host, Form("https://example.test/same")))));

        var item = await host.Read(db => db.Set<Item>().SingleAsync());
        Assert.Equal(8, item.ReportCount);
        Assert.Equal(8, await host.Read(db => db.Set<Report>().CountAsync(r => r.ItemId == item.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_form_sent_twice_at_once_is_one_report_with_one_receipt(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var nonce = NewNonce(host);
        var file = host.Services.GetRequiredService<FileReport>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            file.Handle(Form("https://example.test/a\nhttps://example.test/b"), nonce, CancellationToken.None))));

        Assert.Single(outcomes.Cast<FileReport.Outcome.Filed>().Select(o => o.Receipt).Distinct());
        Assert.Equal(2, await host.Read(db => db.Set<Report>().CountAsync()));
        Assert.Equal([1, 1], await host.Read(db => db.Set<Item>().Select(i => i.ReportCount).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_form_that_was_changed_after_sending_needs_a_form_of_its_own(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var nonce = NewNonce(host);
        var file = host.Services.GetRequiredService<FileReport>();
        await file.Handle(Form("https://example.test/a"), nonce, CancellationToken.None);
        Assert.True(Assert.IsType<FileReport.Outcome.Filed>(await file.Handle(Form("https://example.test/a"), nonce, CancellationToken.None)).Before);
        Assert.IsType<FileReport.Outcome.ChangedAfterSending>(await file.Handle(Form("https://example.test/a", "more"), nonce, CancellationToken.None));
    }

    [Theory, OnBothDatabases]
    public async Task Ten_addresses_in_one_box_are_ten_reports_under_one_receipt(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var filed = await File(host, Form(string.Join('\n', Enumerable.Range(1, 8).Select(i => $"https://example.test/{i}")) + " https://example.test/9, https://example.test/10"));

        Assert.Equal(10, await host.Read(db => db.Set<Report>().CountAsync(r => r.ReceiptHash == filed.Receipt.Hash)));
        Assert.Equal(10, await host.Read(db => db.Set<Item>().CountAsync(i => i.PersonNeeded == null)));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_no_address_is_kept_as_typed_and_goes_to_a_person(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await File(host, Form("javascript:alert(1)\nhttp://expyuzz4wqqyqhjn.onion/\nMessenger X, group 7\nbad\0host.test\nfile:///a\n\u0001\u0002https://exa\u0003mple.test", "\0details"));

        var items = await host.Read(db => (from r in db.Set<Report>() join i in db.Set<Item>() on r.ItemId equals i.Id orderby r.Line select i).ToListAsync());
        Assert.Equal(6, items.Count);
        Assert.All(items, item => Assert.NotNull(item.PersonNeeded));
        Assert.Equal(PersonNeeded.AddressUnclear, items[0].PersonNeeded);
        Assert.Equal(PersonNeeded.AddressKindUnsupported, items[1].PersonNeeded);
        Assert.Equal(PersonNeeded.AddressKindUnsupported, items[2].PersonNeeded);
        Assert.Equal("bad\u2400host.test", items[3].AsTyped.Reveal());
        Assert.Equal("http://expyuzz4wqqyqhjn.onion/", items[1].Address!.Value.Reveal());
        Assert.Equal(0, await host.Read(db => db.Set<EventEntry>().CountAsync(e => e.Type == nameof(ItemOpened) && e.Data.Contains("\"fetchable\":true"))));
    }

    [Theory, OnBothDatabases]
    public async Task A_line_of_100_kB_is_kept_whole_and_goes_to_a_person(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var typed = "https://example.test/" + new string('a', 100_000);
        await File(host, Form(typed));

        var item = await host.Read(db => db.Set<Item>().SingleAsync());
        Assert.Equal(PersonNeeded.AddressUnclear, item.PersonNeeded);
        Assert.Equal(typed, item.AsTyped.Reveal());
    }

    [Theory, OnBothDatabases]
    public async Task A_report_of_something_removed_is_counted_and_opens_the_item_for_a_person(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await File(host, Form("https://example.test/a"));
        await host.InScope(async (ActionBook actions) =>
        {
            var item = await Queryable(actions, out var action).SingleAsync();
            item.Close(ItemClosure.Removed, action.Now);
            await action.Commit(CancellationToken.None);
        });
        await File(host, Form("https://example.test/a"));

        var joined = await host.Read(db => db.Set<Item>().SingleAsync());
        Assert.Equal(2, joined.ReportCount);
        Assert.Equal(PersonNeeded.ReportedAgain, joined.PersonNeeded);
        Assert.Null(joined.Closure);
        Assert.Null(joined.ClosedAt);
        Assert.Equal(1, await host.Read(db => db.Set<EventEntry>().CountAsync(e => e.Type == nameof(ItemReopened) && e.Data.Contains("\"removed\""))));
        Assert.Equal(1, await host.Read(db => db.Set<EventEntry>().CountAsync(e => e.Type == nameof(ItemOpened))));
    }

    [Fact]
    public void An_empty_form_is_refused_with_every_problem_at_once() =>
        Assert.Equal(
            [FileReport.Problem.AddressesMissing, FileReport.Problem.ConcernMissing, FileReport.Problem.DetailsTooLong],
            Assert.IsType<FileReport.Decision.Refused>(FileReport.Decide(new(" \n\u200B", null, new string('a', 4001), "pl", null))).Problems);

    [Fact]
    public void More_addresses_than_the_limit_are_handed_back()
    {
        var decision = Assert.IsType<FileReport.Decision.Accepted>(FileReport.Decide(Form(string.Join('\n', Enumerable.Range(1, 25).Select(i => $"https://example.test/{i}")))));
        Assert.Equal(20, decision.Places.Count);
        Assert.Equal(Enumerable.Range(21, 5).Select(i => $"https://example.test/{i}"), decision.Left);
    }

    [Fact]
    public void Two_spellings_in_one_form_are_one_report_that_keeps_both()
    {
        var place = Assert.Single(Assert.IsType<FileReport.Decision.Accepted>(FileReport.Decide(Form("https://example.test/\nHTTPS://EXAMPLE.TEST"))).Places);
        Assert.Equal("https://example.test/\nHTTPS://EXAMPLE.TEST", place.AsTyped);
    }

    private static IQueryable<Item> Queryable(ActionBook actions, out ActionContext action)
    {
        action = actions.Begin(Sample.Kind, Actor.System("test"), "item:test");
        return action.Db.Set<Item>();
    }
}
