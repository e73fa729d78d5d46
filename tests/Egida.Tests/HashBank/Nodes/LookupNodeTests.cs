using System.Net;
using Egida.Access;
using Egida.HashBank.Nodes;
using Egida.Platform.Verbs;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>A look-up node beside the site: it answers look-ups and nothing else, is in the list, and takes itself out when it can't know enough.</summary>
public sealed class LookupNodeTests
{
    [Theory, OnBothDatabases]
    public async Task A_node_answers_what_is_confirmed_meanwhile_and_nothing_but_look_ups(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        var key = await Asker.Admit(host);
        await using var node = await Start(host);
        using var asker = new Asker(AddressOf(node), key);
        await asker.Ready();

        Assert.Equal("known unknown", await asker.Says(1, 2));
        await host.Known(2);
        Assert.Equal("known known", await asker.Says(1, 2));
        Assert.Equal(HttpStatusCode.NotFound, (await asker.Get("/staff/hash-bank")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await asker.Get("/")).Status);
        Assert.Equal("live", (await asker.Get("/health/live")).Text);

        var row = await Until(() => host.Read(db => db.Set<HashNode>().AsNoTracking().SingleOrDefaultAsync(n => n.State == NodeState.Ready && n.Followed > 0)));
        Assert.True(row is { OnlyLookups: true, ReadsStandby: false, Problem: null, OwnMegabytes: > 0 });
        using var staff = await host.SignInEnglish(Role.Operator);
        var page = (await staff.Get("/staff/hash-bank/nodes")).Text;
        Assert.Contains("test-node", page, StringComparison.Ordinal);
        await node.StopAsync();
        Assert.Empty(await host.Read(db => db.Set<HashNode>().ToListAsync()));
    }

    [Fact]
    public async Task A_node_that_is_too_far_behind_takes_itself_out_and_says_why()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        var key = await Asker.Admit(host);
        // It sees every half second how far the bank is, and follows it only once.
        await using var node = await Start(host, builder => builder.Services.Configure<NodeOptions>(o => (o.MostChangesBehind, o.Poll) = (1, TimeSpan.FromMilliseconds(100))), follows: false);
        using var asker = new Asker(AddressOf(node), key);
        var health = node.Services.GetRequiredService<NodeHealth>();
        await Follow(node, health, await host.Changes());
        Assert.Equal((HttpStatusCode.OK, "ready"), await asker.Get("/health/ready"));
        Assert.Equal("known", await asker.Says(1));

        health.Saw(await host.Changes() + 5);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: 5 changes and 0 s behind"), await asker.Get("/health/ready"));
        Assert.Equal("no answer", await asker.Says(1));
        health.Saw(await host.Changes());
        Assert.Equal("known", await asker.Says(1));
        health.CannotSee(new IOException("gone"));
        Assert.Equal("not ready: the database can't be reached (gone)", (await asker.Get("/health/ready")).Text);
    }

    private static async Task Follow(WebApplication node, NodeHealth health, long changes)
    {
        await using var scope = node.Services.CreateAsyncScope();
        await node.Services.GetRequiredService<Egida.HashBank.Index.BankIndex>().Follow(scope.ServiceProvider.GetRequiredService<Egida.Platform.Database.EgidaDb>(), CancellationToken.None);
        health.Saw(changes);
    }

    private static async Task<WebApplication> Start(EgidaHost host, Action<WebApplicationBuilder>? more = null, bool follows = true)
    {
        var app = ServeVerb.Build([.. host.Settings.Select(s => $"--{s.Key}={s.Value}"), "--Lookups:Name=test-node", "--Lookups:Beat=00:00:00.2"], builder =>
        {
            builder.Services.AddLookupNode(builder.Configuration);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            more?.Invoke(builder);
            if (!follows) builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(BankFollower)));
        });
        await app.StartAsync();
        return app;
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static async Task<T> Until<T>(Func<Task<T?>> read) where T : class
    {
        for (var attempt = 0; attempt < 400; attempt++)
        {
            if (await read() is { } found) return found;
            await Task.Delay(50);
        }

        throw new TimeoutException("It never came.");
    }
}
