using System.Net;
using Egida.Platform.Fetching;
using Egida.Simulators;

namespace Egida.Tests.Platform.Fetching;

/// <summary>Where a reported address may lead and we never go: the canary sees no packet and the exit is never asked.</summary>
public sealed class ForbiddenPlacesTests(OutsideWorld outside) : IClassFixture<OutsideWorld>
{
    [Theory]
    [InlineData("http://loopback.example/", "loopback")]
    [InlineData("http://loopback6.example/", "loopback")]
    [InlineData("http://private.example/", "private")]
    [InlineData("http://private172.example/", "private")]
    [InlineData("http://private192.example/", "private")]
    [InlineData("http://shared.example/", "shared-carrier")]
    [InlineData("http://linklocal.example/", "link-local")]
    [InlineData("http://unspecified.example/", "unspecified")]
    [InlineData("http://uniquelocal.example/", "unique-local")]
    [InlineData("http://nat64.example/", "nat64")]
    [InlineData("http://mapped.example/", "ipv4-mapped-loopback")]
    [InlineData("http://sixtofour.example/", "6to4")]
    [InlineData("http://mixed.example/", "loopback")]
    [InlineData("http://127.0.0.1/", "loopback")]
    [InlineData("http://127.1/", "loopback")]
    [InlineData("http://0x7f000001/", "loopback")]
    [InlineData("http://2130706433/", "loopback")]
    [InlineData("http://0177.0.0.1/", "loopback")]
    [InlineData("http://0/", "unspecified")]
    [InlineData("http://127。0。0。1/", "loopback")]
    [InlineData("http://①②⑦.0.0.1/", "loopback")]
    [InlineData("http://[::1]/", "loopback")]
    [InlineData("http://[::ffff:127.0.0.1]/", "ipv4-mapped-loopback")]
    [InlineData("http://[64:ff9b::7f00:1]/", "nat64")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "link-local")]
    public async Task A_name_or_spelling_that_leads_to_reserved_space_is_never_connected_to(string address, string rule)
    {
        var (transfer, body) = await outside.Get(address);

        Assert.Equal($"forbidden-address:{rule}", transfer.Failure);
        Assert.Empty(body);
        Assert.Null(Assert.Single(transfer.Hops).ConnectedTo);
        NobodyWasAsked();
    }

    [Theory]
    [InlineData("loopback", "forbidden-address:loopback")]
    [InlineData("loopback-https", "forbidden-address:loopback")]
    [InlineData("localhost", "forbidden-address:loopback")]
    [InlineData("metadata", "forbidden-address:link-local")]
    [InlineData("loopback6", "forbidden-address:loopback")]
    [InlineData("mapped", "forbidden-address:ipv4-mapped-loopback")]
    [InlineData("nat64", "forbidden-address:nat64")]
    [InlineData("private", "forbidden-address:private")]
    [InlineData("decimal", "forbidden-address:loopback")]
    [InlineData("hexadecimal", "forbidden-address:loopback")]
    [InlineData("octal", "forbidden-address:loopback")]
    [InlineData("name", "forbidden-address:loopback")]
    [InlineData("canary", "forbidden-port")]
    [InlineData("canary-name", "forbidden-port")]
    [InlineData("port", "forbidden-port")]
    [InlineData("file", "forbidden-scheme")]
    [InlineData("gopher", "forbidden-scheme")]
    [InlineData("javascript", "forbidden-scheme")]
    [InlineData("data", "forbidden-scheme")]
    [InlineData("broken", "redirect-unclear")]
    [InlineData("nothing", "redirect-loop")]
    public async Task A_redirect_is_judged_like_the_first_address(string to, string failure)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example/to/{to}");

        Assert.Equal(failure, transfer.Failure);
        Assert.Empty(body);
        NobodyWasAsked();
    }

    [Theory]
    [InlineData("/loop", "redirect-loop")]
    [InlineData("/ping", "redirect-loop")]
    [InlineData("/hops/1", "redirect-limit")]
    public async Task Redirects_that_lead_nowhere_end(string path, string failure)
    {
        var (transfer, _) = await outside.Get($"http://hostile.example{path}");

        Assert.Equal(failure, transfer.Failure);
        Assert.InRange(transfer.Hops.Count, 1, 6);
    }

    [Fact]
    public async Task A_short_chain_is_followed_and_every_hop_written_down()
    {
        var (transfer, body) = await outside.Get("http://hostile.example/chain");

        Assert.Null(transfer.Failure);
        Assert.Equal([302, 302, 302, 200], transfer.Hops.Select(h => h.Status));
        Assert.Equal(["192.0.2.66", "192.0.2.66", "192.0.2.66", "192.0.2.10"], transfer.Hops.Select(h => h.ConnectedTo));
        Assert.NotEmpty(body);
    }

    [Fact]
    public async Task User_name_and_password_in_a_redirect_are_not_sent()
    {
        var (transfer, _) = await outside.Get("http://hostile.example/to/credentials");

        Assert.Null(transfer.Failure);
        Assert.DoesNotContain(outside.World.Sites.Requests, r => r.Headers.ContainsKey("Authorization"));
        Assert.DoesNotContain(transfer.Hops, h => h.Address.Contains("password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_is_asked_once_per_hop_and_the_judged_answer_is_used()
    {
        var asked = 0;
        // What an attacker's name server does: public for the check, loopback for whoever asks again.
        Task<IReadOnlyList<IPAddress>> Rebinding(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Parse("192.0.2.10") : IPAddress.Loopback]);

        var transfer = await outside.Fetcher(resolve: Rebinding).Get(new Uri("http://galeria.example/"), 1 << 20, _ => new MemoryStream(), CancellationToken.None);

        Assert.Equal(1, asked);
        Assert.Null(transfer.Failure);
        Assert.Equal("192.0.2.10", Assert.Single(transfer.Hops).ConnectedTo);
        NobodyWasAsked();
    }

    [Fact]
    public async Task A_rebinding_name_never_gets_its_second_answer_connected()
    {
        for (var i = 0; i < 6; i++)
        {
            var (transfer, _) = await outside.Get("http://rebind.example/");
            Assert.True(transfer.Failure == "forbidden-address:loopback" || transfer.Hops[0].ConnectedTo == "192.0.2.10");
        }

        NobodyWasAsked();
    }

    [Fact]
    public async Task Without_the_exit_a_forbidden_address_is_refused_before_any_packet()
    {
        var canary = outside.World.Canary.Ports[0];
        var dialler = new GuardedDialler((_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]), new NetworkGuard([], []), null, TimeProvider.System);

        var dialled = await dialler.Dial("loopback.example", canary, TimeSpan.FromSeconds(5), CancellationToken.None);

        Assert.Equal("forbidden-address:loopback", Assert.IsType<Dialled.Failed>(dialled).Reason);
        NobodyWasAsked();
    }

    [Theory]
    [InlineData("http://does-not-exist.example/", "host-unknown")]
    [InlineData("http://empty.example/", "host-unknown")]
    [InlineData("http://servfail.example/", "dns-failure")]
    [InlineData("http://aliasloop.example/", "dns-failure")]
    public async Task A_name_that_leads_nowhere_says_so(string address, string failure)
    {
        var (transfer, _) = await outside.Get(address);

        Assert.Equal(failure, transfer.Failure);
    }

    private void NobodyWasAsked()
    {
        Assert.Equal(0, outside.World.Canary.Connections);
        Assert.True(outside.ExitWasAskedOnlyForPublic);
    }
}

/// <summary>Changes the environment of the process, so it runs alone.</summary>
[Collection(nameof(ProxyEnvironmentTests))]
[CollectionDefinition(nameof(ProxyEnvironmentTests), DisableParallelization = true)]
public sealed class ProxyEnvironmentTests
{
    [Fact]
    public async Task A_proxy_in_the_environment_is_ignored()
    {
        await using var world = await World.Start(new WorldOptions { DemoSites = 0 });
        var before = Environment.GetEnvironmentVariable("http_proxy");
        var outside = new OutsideWorld();
        try
        {
            Environment.SetEnvironmentVariable("http_proxy", $"http://127.0.0.1:{world.Canary.Ports[0]}/");
            await outside.InitializeAsync();

            var (transfer, _) = await outside.Get("http://galeria.example/");

            Assert.Null(transfer.Failure);
            Assert.Equal(0, world.Canary.Connections);
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
            await outside.DisposeAsync();
        }
    }
}
