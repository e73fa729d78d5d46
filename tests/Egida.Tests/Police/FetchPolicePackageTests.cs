using System.Net;
using System.Security.Cryptography;
using Egida.Access;
using Egida.Evidence;
using Egida.Police;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Police;

public sealed class FetchPolicePackageTests
{
    [Theory, OnBothDatabases]
    public async Task The_police_liaison_fetches_the_package_and_each_time_is_on_record(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        await bench.Send();
        var package = Assert.Single(await bench.Packages());
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);

        var answer = await liaison.Http.GetAsync($"/staff/police/{package.Id}/download");
        await liaison.Http.GetAsync($"/staff/police/{package.Id}/download");

        Assert.Equal("EG-2026-000001.zip.p7m", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("application/pkcs7-mime", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(package.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(PoliceBench.Picture, bench.Open(bytes)["EG-2026-000001/data/objects/002-media.png"]);
        var receipts = await bench.Host.Read(db => db.Set<PolicePackageFetch>().AsNoTracking().OrderBy(f => f.Ordinal).ToListAsync());
        Assert.Equal([(1, liaison.Staff!.Value), (2, liaison.Staff!.Value)], receipts.Select(r => (r.Ordinal, r.By)));
        Assert.Equal(4, (await bench.Chains(CustodyAct.HandedOver)).Count);
        Assert.Equal(2, (await bench.Host.EventsAbout(id)).Count(e => e == "PolicePackageFetched"));
        var page = await liaison.Get($"/staff/police/{package.Id}");
        Assert.Contains("EG-2026-000001", page.Text, StringComparison.Ordinal);
        Assert.Contains("fetched", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("galeria.example", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [OnBothDatabases(Role.Analyst)]
    [OnBothDatabases(Role.SeniorAnalyst)]
    [OnBothDatabases(Role.Auditor)]
    [OnBothDatabases(Role.Operator)]
    public async Task Nobody_else_fetches_it(DatabaseKind database, Role role)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        var package = Assert.Single(await bench.Packages());
        using var other = await bench.Host.SignInEnglish(role);

        var answer = await other.Http.GetAsync($"/staff/police/{package.Id}/download");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await bench.Host.Read(db => db.Set<PolicePackageFetch>().ToListAsync()));
        Assert.Empty(await bench.Chains(CustodyAct.HandedOver));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_fetches_before_the_letter_came_knows_from_then_on(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);

        await liaison.Http.GetAsync($"/staff/police/{Assert.Single(await bench.Packages()).Id}/download");
        await bench.Send();

        Assert.Single((await bench.Host.EventsAbout(id)), e => e == "PoliceNotified");
        Assert.Empty(bench.Inbox);
    }

    [Theory, OnBothDatabases]
    public async Task A_damaged_package_is_given_to_nobody(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        var package = Assert.Single(await bench.Packages());
        var bytes = await File.ReadAllBytesAsync(bench.PathOf(package));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(bench.PathOf(package), bytes);
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);

        var answer = await liaison.Get($"/staff/police/{package.Id}/download");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("damaged", (await liaison.Follow(answer)).Text, StringComparison.Ordinal);
        Assert.Empty(await bench.Host.Read(db => db.Set<PolicePackageFetch>().ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task The_list_and_the_items_page_show_the_package(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);

        var list = await liaison.Get("/staff/police");
        var item = await liaison.Get($"/staff/items/{id}");

        Assert.Contains("EG-2026-000001", list.Text, StringComparison.Ordinal);
        Assert.NotNull(list.Document.QuerySelector("a[href$='/download']"));
        Assert.Contains("EG-2026-000001", item.Document.QuerySelector("#police")!.TextContent, StringComparison.Ordinal);
    }
}
