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

        var answer = await liaison.Http.GetAsync($"/staff/police/{package.Id}/parts/1");
        await liaison.Http.GetAsync($"/staff/police/{package.Id}/parts/1");

        Assert.Equal("EG-2026-000001.zip.p7m", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("application/pkcs7-mime", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var part = Assert.Single(await bench.Parts());
        Assert.Equal(part.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal($"\"{part.Sha256}\"", answer.Headers.ETag!.ToString());
        Assert.Equal(PoliceBench.Picture, bench.Open(bytes)["EG-2026-000001/data/objects/002-media.png"]);
        var receipts = await bench.Host.Read(db => db.Set<PolicePackageFetch>().AsNoTracking().OrderBy(f => f.Ordinal).ToListAsync());
        Assert.Equal([(1, liaison.Staff!.Value, 0L, part.Size), (2, liaison.Staff!.Value, 0L, part.Size)], receipts.Select(r => (r.Ordinal, r.By, r.From, r.To)));
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

        var answer = await other.Http.GetAsync($"/staff/police/{package.Id}/parts/1");

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

        await liaison.Http.GetAsync($"/staff/police/{Assert.Single(await bench.Packages()).Id}/parts/1");
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
        var file = bench.PathOf(Assert.Single(await bench.Parts()));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);

        var answer = await liaison.Get($"/staff/police/{package.Id}/parts/1");

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
        Assert.NotNull(list.Document.QuerySelector("a[href$='#parts']"));
        Assert.Contains("EG-2026-000001", item.Document.QuerySelector("#police")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_download_that_breaks_off_at_ninety_per_cent_goes_on_and_the_whole_opens(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        var path = $"/staff/police/{package.Id}/parts/1";
        var had = part.Size * 9 / 10;
        var file = new byte[part.Size];
        System.Net.Http.Headers.EntityTagHeaderValue tag;
        using (var broken = await liaison.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead))
        {
            tag = broken.Headers.ETag!;
            await using var body = await broken.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(file.AsMemory(0, (int)had));
        }

        using var rest = new HttpRequestMessage(HttpMethod.Get, path);
        rest.Headers.Range = new(had, null);
        rest.Headers.IfRange = new(tag);
        using var answer = await liaison.Http.SendAsync(rest);
        (await answer.Content.ReadAsByteArrayAsync()).CopyTo(file, had);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal((had, part.Size - 1, part.Size), (answer.Content.Headers.ContentRange!.From, answer.Content.Headers.ContentRange.To, answer.Content.Headers.ContentRange.Length));
        Assert.Equal(PoliceBench.Picture, bench.Open(file)["EG-2026-000001/data/objects/002-media.png"]);
        var receipts = await bench.Host.Read(db => db.Set<PolicePackageFetch>().AsNoTracking().OrderBy(f => f.Ordinal).ToListAsync());
        Assert.Equal([(0L, false), (had, true)], receipts.Select(r => (r.From, r.IsRest)));
        // The rest is no second hand-over.
        Assert.Equal(2, (await bench.Chains(CustodyAct.HandedOver)).Count);
        Assert.Contains("resumed from byte", (await liaison.Get($"/staff/police/{package.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_of_another_file_is_not_given_but_the_whole_of_this_one()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignIn(Role.PoliceLiaison);
        using var rest = new HttpRequestMessage(HttpMethod.Get, $"/staff/police/{package.Id}/parts/1");
        rest.Headers.Range = new(100, null);
        rest.Headers.IfRange = new(new System.Net.Http.Headers.EntityTagHeaderValue($"\"{new string('0', 64)}\""));

        using var answer = await liaison.Http.SendAsync(rest);

        Assert.Equal((HttpStatusCode.OK, part.Size), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Bytes_behind_the_end_are_not_there_and_no_receipt_is_written()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignIn(Role.PoliceLiaison);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, $"/staff/police/{package.Id}/parts/1");
        beyond.Headers.Range = new(part.Size, null);

        using var answer = await liaison.Http.SendAsync(beyond);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Empty(await bench.Host.Read(db => db.Set<PolicePackageFetch>().ToListAsync()));
    }

    [Fact]
    public async Task The_stamp_and_our_certificate_can_be_fetched_beside_the_file()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        await bench.Build();
        var (package, part) = (Assert.Single(await bench.Packages()), Assert.Single(await bench.Parts()));
        using var liaison = await bench.Host.SignIn(Role.PoliceLiaison);

        Assert.Equal(part.Stamp, await liaison.Http.GetByteArrayAsync($"/staff/police/{package.Id}/stamps/1"));
        Assert.Equal(await File.ReadAllTextAsync(bench.SealFile), await liaison.Http.GetStringAsync("/staff/police/certificate"));
    }
}
