using System.Net;
using System.Net.Http.Headers;
using Egida.HashBank.Lists;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Lists;

public sealed class FetchHashListTests
{
    [Theory, OnBothDatabases]
    public async Task A_download_goes_on_where_it_broke_off_and_each_is_counted(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        var whole = await partner.Http.GetByteArrayAsync("/api/v1/lists/known/1");
        await host.InScope(async (Egida.Platform.Database.EgidaDb db) => await db.Set<HashListDownload>().ExecuteDeleteAsync());

        using var first = await Get(partner, range: new RangeHeaderValue(0, 999));
        Assert.Equal((HttpStatusCode.PartialContent, 1000), (first.StatusCode, (await first.Content.ReadAsByteArrayAsync()).Length));
        Assert.Null((await Downloads(host)).WholeAt);
        using var second = await Get(partner, range: new RangeHeaderValue(1000, null), ifRange: first.Headers.ETag);
        byte[] both = [.. await first.Content.ReadAsByteArrayAsync(), .. await second.Content.ReadAsByteArrayAsync()];
        Assert.Equal(whole, both);
        var counted = await Downloads(host);
        Assert.Equal((2, (long)whole.Length), (counted.Requests, counted.Bytes));
        Assert.NotNull(counted.WholeAt);

        // It changed meanwhile: all of it comes, not the rest of another.
        using var other = await Get(partner, range: new RangeHeaderValue(1000, null), ifRange: new EntityTagHeaderValue("\"other\""));
        Assert.Equal((HttpStatusCode.OK, whole.Length), (other.StatusCode, (await other.Content.ReadAsByteArrayAsync()).Length));

        using var same = await Get(partner, ifNoneMatch: first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        // Nothing is there: nothing is counted, and how much there is stands in the answer.
        using var beyond = await Get(partner, range: new RangeHeaderValue(whole.Length, null));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, (long?)whole.Length), (beyond.StatusCode, beyond.Content.Headers.ContentRange?.Length));
        Assert.Equal(3, (await Downloads(host)).Requests);

        // A last byte beyond any file is the file's last.
        using var all = await Get(partner, range: new RangeHeaderValue(0, long.MaxValue));
        Assert.Equal(whole, await all.Content.ReadAsByteArrayAsync());
        Assert.Equal(3L * whole.Length, (await Downloads(host)).Bytes);
    }

    [Theory, OnBothDatabases]
    public async Task Only_its_partner_gets_a_list(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var partner = await ListPartner.Admit(host, "Provider");
        using var other = await ListPartner.Admit(host, "Laboratory", opened: OpenHashList.Input.Empty with { Name = "other" });
        await host.RunWork();
        using var stranger = new HttpClient { BaseAddress = host.Address };

        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync("/api/v1/lists/known/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await partner.Http.GetAsync("/api/v1/lists/known/2")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/lists/known/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/lists")).StatusCode);
        Assert.Single(await partner.Offered());
    }

    private static Task<HashListDownload> Downloads(EgidaHost host) => host.Read(db => db.Set<HashListDownload>().AsNoTracking().SingleAsync());

    private static Task<HttpResponseMessage> Get(ListPartner partner, RangeHeaderValue? range = null, EntityTagHeaderValue? ifRange = null, EntityTagHeaderValue? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/lists/known/1");
        request.Headers.Range = range;
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        if (ifNoneMatch is not null) request.Headers.IfNoneMatch.Add(ifNoneMatch);
        return partner.Http.SendAsync(request);
    }
}
