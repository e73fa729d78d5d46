using System.Net.Http.Json;
using Egida.Access;
using Egida.Audit;
using Egida.HashBank.Lists;
using Egida.HashSearch;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Lists;

public sealed class CanaryTests
{
    [Theory, OnBothDatabases]
    public async Task Who_asks_for_an_entry_that_was_made_up_for_somebody_else_raises_an_alarm_to_a_person(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var owner = await ListPartner.Admit(host, "Provider");
        using var other = await ListPartner.Admit(host, "Laboratory");
        await host.RunWork();
        var entries = await Entries(host, owner);
        Assert.Equal(8, entries.Count);

        // The owner itself, and what looks nothing like one.
        await Ask(owner, ("sha256", entries[0].Sha256[0].ToString()));
        await Ask(other, ("sha256", new string('e', 64)), ("pdq", Bank.Look(77).ToString()));
        Assert.Equal(0, await host.Read(db => db.Set<CanarySighting>().CountAsync()));

        await Ask(other, ("md5", entries[1].Md5[0].ToString()));
        await Ask(other, ("sha1", entries[2].Sha1[0].ToString()), ("pdq", Near(entries[3].Pdq[0])));

        var sighting = await host.Read(db => db.Set<CanarySighting>().SingleAsync());
        Assert.Equal((owner.List, other.Id, 2), (sighting.ListId, sighting.AskedBy, sighting.Times));
        var logged = await host.Read(db => db.Set<AuditEntry>().Where(e => e.Action == "hash-bank.report-canary").Select(e => e.Data).ToListAsync());
        Assert.Equal(2, logged.Count);
        Assert.All(logged, data => Assert.DoesNotContain(entries[1].Md5[0].ToString(), data, StringComparison.Ordinal));

        using var staff = await host.SignInEnglish(Role.Quality);
        Assert.Contains("Lists that leaked: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        var page = await staff.Get("/staff/hash-bank/lists");
        Assert.Contains("A made-up entry turned up: Provider, list known", page.Text, StringComparison.Ordinal);
        Assert.Contains("Laboratory asked for it (2 times)", page.Text, StringComparison.Ordinal);
        var refused = await staff.Submit(page, new Dictionary<string, string> { [$"reason-{sighting.Id}"] = " " }, "form.settle");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.Status);
        await staff.Submit(page, new Dictionary<string, string> { [$"reason-{sighting.Id}"] = "They share a department." }, "form.settle");
        Assert.DoesNotContain("made-up entry turned up", (await staff.Get("/staff/hash-bank/lists")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Made_up_entries_stand_among_the_others_are_no_records_and_stay_the_same(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        using var other = await ListPartner.Admit(host, "Laboratory");
        var last = await host.Known(2);
        await host.RunWork();

        var (entries, others) = (await Entries(host, partner), await Entries(host, other));
        Assert.All(entries, e => Assert.InRange(e.Number, 2, last.Value - 1));
        Assert.Empty(entries.Select(e => e.Md5[0]).Intersect(others.Select(e => e.Md5[0])));
        Assert.Equal(18, last.Value);
        using (var list = await partner.Open())
        {
            Assert.All(entries, e => Assert.Equal((e.Number, "illegal"), (Assert.Single(list.Find(e.Sha256[0])).Number, Assert.Single(list.Find(e.Sha256[0])).Class)));
            Assert.All(others, e => Assert.Empty(list.Find(e.Sha256[0])));
        }

        await host.RunWorkFor(TimeSpan.FromDays(8));
        using var later = await partner.Open();
        Assert.All(entries, e => Assert.Equal("illegal", Assert.Single(later.Find(e.Md5[0])).Class));
    }

    private static Task<List<Egida.Match.ListRecord>> Entries(EgidaHost host, ListPartner partner) => host.InScope(async (IServiceProvider services) =>
    {
        var db = (Egida.Platform.Database.EgidaDb)services.GetService(typeof(Egida.Platform.Database.EgidaDb))!;
        var canaries = (CanaryEntries)services.GetService(typeof(CanaryEntries))!;
        var list = await db.Set<HashList>().SingleAsync(l => l.Id == partner.List);
        return (await canaries.Of(list, CancellationToken.None)).ConvertAll(c => canaries.Entry(list, c));
    });

    private static string Near(Hash256 look)
    {
        var bytes = look.ToByteArray();
        bytes[3] ^= 0x15;
        return Hash256.FromBytes(bytes).ToString();
    }

    private static async Task Ask(ListPartner partner, params (string Kind, string Value)[] hashes)
    {
        using var answer = await partner.Http.PostAsJsonAsync("/api/v1/match", new { purpose = "upload-check", hashes = hashes.Select(h => new { kind = h.Kind, value = h.Value }) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain("record", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
