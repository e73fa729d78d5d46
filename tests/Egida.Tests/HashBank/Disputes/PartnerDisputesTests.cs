using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Disputes;

public sealed class PartnerDisputesTests
{
    [Theory, OnBothDatabases]
    public async Task A_partner_disputes_a_record_learns_by_when_it_is_decided_and_the_record_is_used_until_then(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        var (partner, _) = await host.Partner();
        using var _client = partner;

        var (status, body) = await partner.Dispute(record);
        var (_, again) = await partner.Dispute(record);
        var (_, urgent) = await (await host.Partner("Laboratory")).Client.Dispute(record, urgent: true);

        Assert.Equal(202, status);
        Assert.Matches(@"^EG-D-\d{4}-000001$", body.GetProperty("dispute").GetString());
        Assert.Equal(("open", 1), (body.GetProperty("state").GetString(), body.GetProperty("times").GetInt32()));
        Assert.Equal(host.Clock.Now.AddDays(14), body.GetProperty("decideBy").GetDateTime());
        Assert.Equal(2, again.GetProperty("times").GetInt32());
        Assert.Equal((body.GetProperty("dispute").GetString(), host.Clock.Now.AddDays(3)), (urgent.GetProperty("dispute").GetString(), urgent.GetProperty("decideBy").GetDateTime()));
        var about = await host.Case();
        Assert.Equal((2, true, (HashRecordId?)record), (about.Filings, about.IsUrgent, about.RecordId));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        Assert.Equal("open", (await partner.Json($"/api/v1/disputes/{record}")).GetProperty("state").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_taken_from_strangers_about_unknown_records_or_without_words(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        var (partner, _) = await host.Partner();
        using var _client = partner;
        using var stranger = host.Anonymous();

        Assert.Equal(401, (await stranger.Http.Dispute(record)).Status);
        Assert.Equal(404, (await partner.Dispute(new HashRecordId(4711))).Status);
        Assert.Equal(400, (await partner.Dispute(new { record = 1, reason = "because", text = "x" })).Status);
        Assert.Equal(400, (await partner.Dispute(new { record = 1, reason = "other", text = " " })).Status);
        Assert.Equal(400, (await partner.Dispute(new { record = 1, reason = "other", text = new string('x', FileDispute.LongestText + 1) })).Status);
        Assert.Equal(400, (await partner.Dispute(new { record = "1", reason = "other", text = "x" })).Status);
        Assert.Equal(400, (await partner.Dispute(new { record = 1, reason = "other", text = "x", more = 1 })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await partner.GetAsync($"/api/v1/disputes/{record}")).StatusCode);
        Assert.Equal(0, await host.Read(db => db.Set<DisputeCase>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_flood_of_one_partner_is_one_case_with_a_count_that_asks_a_person_and_changes_no_record(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var terms = new DisputeTerms(48, 14, 3, 24, 60, 3, 40, 2);
        var records = new List<HashRecordId>();
        for (var item = 1; item <= 10; item++)
        {
            records.Add(await host.Known(item));
        }

        var (partner, id) = await host.Partner();
        using var _client = partner;
        foreach (var record in records.Concat(records))
        {
            // The oldest are released first: each has an instant of its own.
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
                new(DisputeParty.Partner, record, DisputeReason.NotIllegal, "all of it is wrong", "en") { Partner = id }, CancellationToken.None));
        }

        var cases = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().OrderBy(c => c.Number).ToListAsync());
        Assert.Equal([1, 1, 1, 7], cases.Select(c => c.Filings));
        Assert.Equal((DisputeState.Held, true), (cases[^1].State, cases[^1].IsFlood));
        Assert.All(await host.Read(db => db.Set<DisputeFiling>().Select(f => f.Times).ToListAsync()), times => Assert.Equal(2, times));
        Assert.Equal(10, await host.Read(db => db.Set<HashRecord>().CountAsync(r => r.State == HashRecordState.Confirmed)));

        // The record of a filing that is held is open to everybody: a flood must not close the bank's pages.
        using var staff = await host.SignInEnglish(Role.Quality);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/staff/hash-bank/{records[^1]}")).Status);
        Assert.Contains("Filings held: 7", (await staff.Get(DisputeDesk.Page(cases[^1]))).Text, StringComparison.Ordinal);
        await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<SettleFlood>(services, terms).Release(cases[^1].Id, Bank.Person(5), CancellationToken.None));
        Assert.Equal(5, await host.Read(db => db.Set<DisputeCase>().CountAsync(c => c.State == DisputeState.Open)));
        await staff.Submit(await staff.Get(DisputeDesk.Page(cases[^1])), new Dictionary<string, string> { ["why"] = "a program gone wild" }, "form.close");
        var closed = await partner.Json($"/api/v1/disputes/{records[^1]}");
        Assert.Equal(("decided", "not-examined"), (closed.GetProperty("state").GetString(), closed.GetProperty("verdict").GetString()));
    }

    [Theory, OnBothDatabases]
    public async Task A_partner_that_sends_too_many_in_a_minute_is_told_to_wait(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        var (partner, _) = await host.Partner();
        using var _client = partner;
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(400, (await partner.Dispute(new { record = record.Value, reason = "other", text = "" })).Status);
        }

        Assert.Equal(429, (await partner.Dispute(record)).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(202, (await partner.Dispute(record)).Status);
    }
}
