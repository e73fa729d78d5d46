using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Partners.Floods;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Partners.Floods;

public sealed class FloodGuardTests
{
    private static readonly Dictionary<string, string> Small = new() { ["HashBank:Floods:Floor"] = "5", ["HashBank:Floods:Factor"] = "2" };

    [Theory, OnBothDatabases]
    public async Task A_record_that_suddenly_matches_a_lot_is_silent_by_its_looks_until_a_person_has_looked(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, Small);
        var record = await host.Known(1);
        using var partner = await host.Partner();
        using var staff = await host.SignInEnglish(Role.Quality);

        (await partner.Ask([.. Enumerable.Repeat(PartnerClient.Sha256(1), 100)])).Dispose();
        Assert.False((await host.Get(record)).Flags.HasFlag(RecordFlags.Quarantined));
        (await partner.Ask(Looks(6))).Dispose();

        Assert.True((await host.Get(record)).Flags.HasFlag(RecordFlags.Quarantined));
        using (var meanwhile = await partner.Ask([.. Looks(2), PartnerClient.Sha256(1)]))
        {
            Assert.Equal(["", "", "same-bytes 0"], PartnerClient.Said(meanwhile));
            Assert.DoesNotContain("quarantine", meanwhile.RootElement.GetRawText(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("Records in quarantine: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        Assert.Contains(record.ToString(), (await staff.Get("/staff/hash-bank/quarantine")).Text, StringComparison.Ordinal);
        var page = await staff.Get($"/staff/hash-bank/quarantine/{record}");
        Assert.Contains("Provider", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, selector: "form.release")).Status);
        await staff.Submit(page, new Dictionary<string, string> { ["why"] = "it is being passed around" }, "form.release");

        using var after = await partner.Ask(Looks(1));
        Assert.Equal(["looks 0"], PartnerClient.Said(after));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get($"/staff/hash-bank/quarantine/{record}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_let_go_is_not_stopped_again_for_what_was_seen_but_for_much_more(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, Small);
        var record = await host.Known(1);
        using var partner = await host.Partner();
        (await partner.Ask(Looks(6))).Dispose();
        await host.InScope((ReleaseHashRecord release) => release.Handle(record, Bank.Person(3), "seen", CancellationToken.None));

        (await partner.Ask(Looks(20))).Dispose();
        Assert.False(await IsQuarantined(host, record));
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await partner.Ask(Looks(30))).Dispose();
        Assert.False(await IsQuarantined(host, record));
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await partner.Ask([.. Looks(32), .. Looks(32)])).Dispose();
        Assert.False(await IsQuarantined(host, record));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await partner.Ask(Looks(32))).Dispose();

        Assert.True(await IsQuarantined(host, record));
        var counts = await host.Read(db => db.Set<Quarantine>().SingleAsync());
        Assert.Equal((64L, 30L), (counts.Hits, counts.Busiest));
    }

    [Fact]
    public async Task A_disputed_record_leaves_the_quarantine_page()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, Small);
        var record = await host.Known(1);
        using var partner = await host.Partner();
        (await partner.Ask(Looks(6))).Dispose();
        using var staff = await host.SignInEnglish(Role.Quality);
        var page = await staff.Get($"/staff/hash-bank/quarantine/{record}");

        await staff.Submit(page, new Dictionary<string, string> { ["doubt"] = "a title card" }, "form.dispute");

        Assert.Equal(HashRecordState.Disputed, (await host.Get(record)).State);
        Assert.DoesNotContain("Records in quarantine: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
    }

    /// <summary>Different looks of one item: each differs from the item in as many bits as its number.</summary>
    private static object[] Looks(int count) => [.. Enumerable.Range(0, count).Select(bits => PartnerClient.Pdq(Bank.Near(1, bits), 31))];

    private static async Task<bool> IsQuarantined(EgidaHost host, HashRecordId record) => (await host.Get(record)).Flags.HasFlag(RecordFlags.Quarantined);
}
