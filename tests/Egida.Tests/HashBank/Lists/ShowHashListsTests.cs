using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Lists;

public sealed class ShowHashListsTests
{
    [Theory, OnBothDatabases]
    public async Task The_page_opens_a_list_and_says_who_has_what_and_who_is_late(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        await host.InScope((AdmitPartner admit) => admit.Handle(AdmitPartner.Input.Empty with { Name = "Laboratory" }, Bank.Person(9), CancellationToken.None));
        using var staff = await host.SignInEnglish(Role.Quality);
        var page = await staff.Get("/staff/hash-bank/lists");
        var refused = await staff.Submit(page, new Dictionary<string, string> { ["name"] = "Known material", ["jurisdiction"] = "Poland" }, "form.open");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, refused.Document.QuerySelectorAll("p.problem").Length);
        await staff.Submit(page, selector: "form.open");
        await host.RunWork();
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();

        var shown = (await staff.Get("/staff/hash-bank/lists")).Text;
        Assert.Contains("no. 1: 9 records, 0 withdrawn", shown, StringComparison.Ordinal);
        Assert.Contains("nothing yet", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("uses an old list", shown, StringComparison.Ordinal);

        // Both fetch it; a withdrawal comes; one fetches that too.
        (await partner.Open()).Dispose();
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(new HashRecordId(1), Bank.Person(3), "a mistake", CancellationToken.None));
        await host.RunWork();
        host.Clock.Advance(TimeSpan.FromDays(2.5));
        page = await staff.Get("/staff/hash-bank/lists");
        Assert.Equal(2, page.Document.QuerySelectorAll(".badge.attention").Length);
        Assert.Contains("Partners with an old list: 2", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        (await partner.Open()).Dispose();
        page = await staff.Get("/staff/hash-bank/lists");
        Assert.Single(page.Document.QuerySelectorAll(".badge.attention"));
        Assert.Contains($"recipient: {partner.Id}", page.Text, StringComparison.Ordinal);

        await staff.Submit(page, selector: "form.delta");
        await staff.Submit(page, selector: "form.all");
        await staff.Submit(page, selector: "form.key");
        Assert.True(await host.RunWork() > 0);
        Assert.Equal(2, await host.Read(db => db.Set<HashListKey>().CountAsync()));
        await staff.Submit(await staff.Get("/staff/hash-bank/lists"), selector: "form.close");
        Assert.Equal(1, await host.Read(db => db.Set<HashList>().CountAsync(l => l.ClosedAt != null)));
    }

    [Fact]
    public void A_partner_is_late_when_something_newer_has_been_there_for_long_enough()
    {
        var (now, after) = (new DateTime(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(2));
        List<HashListVersion> versions = [Version(4, now.AddDays(-9)), Version(7, now.AddDays(-3)), Version(8, now.AddHours(-1))];

        Assert.True(ShowHashLists.IsOverdue(versions, null, now, after));
        Assert.True(ShowHashLists.IsOverdue(versions, 4, now, after));
        Assert.False(ShowHashLists.IsOverdue(versions, 7, now, after));
        Assert.False(ShowHashLists.IsOverdue(versions, 8, now, after));
        Assert.False(ShowHashLists.IsOverdue([], null, now, after));
    }

    private static HashListVersion Version(long number, DateTime made) => new()
    {
        ListId = default,
        Number = number,
        UpToChange = number,
        MadeAt = made,
        ValidUntil = made.AddDays(10),
        Records = 1,
        Withdrawn = 0,
        Bytes = 1,
        Sha256 = [],
    };
}
