using System.Net;
using System.Security.Cryptography;
using Egida.Access;
using Egida.HashBank;
using Egida.Platform.Actions;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Matching;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank;

public sealed class ConfirmHashRecordTests
{
    [Theory, OnBothDatabases]
    public async Task A_second_person_confirms_and_the_proposer_is_refused(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var proposer = await host.SignIn(Role.SeniorAnalyst);
        using var second = await host.SignIn(Role.Quality);
        var record = (await host.Propose(proposer.Staff!.Value, Scene.Png(1)))!.Value;

        var own = await proposer.Get($"/staff/hash-bank/{record}");
        Assert.Null(own.Document.QuerySelector("form.confirm"));
        var refused = await proposer.Submit(own, selector: "form.withdraw");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HashRecordState.Proposed, await State(host, record));

        var done = await second.Submit(await second.Get($"/staff/hash-bank/{record}"), selector: "form.confirm");

        Assert.Equal($"/staff/hash-bank/{record}", done.Location!.ToString());
        Assert.Equal(HashRecordState.Confirmed, await State(host, record));
        Assert.Contains("hash-bank.confirm-record", (await second.Follow(done)).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task The_proposers_own_request_to_confirm_is_refused_by_the_server(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var proposer = await host.SignIn(Role.SeniorAnalyst);
        var record = (await host.Propose(proposer.Staff!.Value, Scene.Png(1)))!.Value;
        var token = (await proposer.Get($"/staff/hash-bank/{record}")).Document.QuerySelector("form.withdraw input[type=hidden]")!;

        var answer = await proposer.Post(
            $"/staff/hash-bank/{record}/confirm", new Dictionary<string, string> { [token.GetAttribute("name")!] = token.GetAttribute("value")! });

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(HashRecordState.Proposed, await State(host, record));
    }

    [Theory, OnBothDatabases]
    public async Task Withdrawing_needs_a_reason_which_the_page_then_tells(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(Scene.Png(1));
        using var staff = await host.SignIn(Role.SeniorAnalyst);
        var page = await staff.Get($"/staff/hash-bank/{record}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, new Dictionary<string, string> { ["reason"] = " " }, "form.withdraw")).Status);
        var done = await staff.Submit(page, new Dictionary<string, string> { ["reason"] = "assessed by mistake" }, "form.withdraw");

        Assert.Contains("assessed by mistake", (await staff.Follow(done)).Text, StringComparison.Ordinal);
        Assert.Equal(HashRecordState.Withdrawn, await State(host, record));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_bytes_are_not_proposed_twice_unless_the_record_was_withdrawn(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var first = (await host.Propose(new StaffId(Guid.NewGuid()), Scene.Png(1)))!.Value;
        Assert.Null(await host.Propose(new StaffId(Guid.NewGuid()), Scene.Png(1)));

        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(first, new StaffId(Guid.NewGuid()), "a mistake", CancellationToken.None));

        Assert.Equal(first, await host.Propose(new StaffId(Guid.NewGuid()), Scene.Png(1)));
        Assert.Equal(HashRecordState.Proposed, await State(host, first));
    }

    [Theory, OnBothDatabases]
    public async Task A_record_is_found_by_any_of_its_hashes_and_waiting_ones_come_first(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var waiting = (await host.Propose(new StaffId(Guid.NewGuid()), Scene.Png(1)))!.Value;
        host.Clock.Advance(TimeSpan.FromHours(1));
        var known = await host.Know(Scene.Png(2));
        using var staff = await host.SignIn(Role.Analyst);

        Assert.Equal([$"/staff/hash-bank/{waiting}", $"/staff/hash-bank/{known}"], Links(await staff.Get("/staff/hash-bank")));
        Assert.Equal([$"/staff/hash-bank/{known}"], Links(await staff.Get("/staff/hash-bank?state=Confirmed")));
        Assert.Equal([$"/staff/hash-bank/{known}"], Links(await staff.Get($"/staff/hash-bank?q={Convert.ToHexString(SHA1.HashData(Scene.Png(2)))}")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Get("/staff/hash-bank?q=holiday")).Status);
    }

    [Fact]
    public void Among_exact_matches_the_hash_that_is_hardest_to_forge_decides()
    {
        var (one, two) = (new HashRecordId(1), new HashRecordId(2));

        Assert.Equal(two, Lookup.Strongest([new(one, HashKind.Md5, 0), new(two, HashKind.Sha256, 0), new(one, HashKind.Sha1, 0)])!.Record);
        Assert.Null(Lookup.Strongest([]));
    }

    private static List<string> Links(HtmlAnswer page) => [.. page.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")!)];

    private static Task<HashRecordState> State(EgidaHost host, HashRecordId id) =>
        host.Read(db => db.Set<HashRecord>().Where(r => r.Id == id).Select(r => r.State).SingleAsync());
}
