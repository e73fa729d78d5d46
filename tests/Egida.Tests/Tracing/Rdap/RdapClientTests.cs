using System.Net;
using Egida.Platform.Fetching;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tracing;
using Egida.Tracing.Rdap;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Tracing.Rdap;

public sealed class RdapClientTests
{
    private static readonly IPAddress Poland = IPAddress.Parse("192.0.2.10");

    [Fact]
    public async Task A_redirect_to_another_registry_is_followed()
    {
        await using var world = await TestWorld.Start();
        using var client = Client(world);
        var found = Assert.IsType<RdapAnswer.Found>(await client.NetworkOf(IPAddress.Parse("198.51.100.10"), CancellationToken.None));
        Assert.Equal(("NET-NL-1", "abuse@hosting-nl.example", 32), (found.Network.Handle, found.Network.AbuseMail, found.Hash.Length));
    }

    [Theory]
    [InlineData(RdapFault.RedirectLoop, "rdap-redirects")]
    [InlineData(RdapFault.BrokenJson, "rdap-unreadable")]
    [InlineData(RdapFault.Html, "rdap-unreadable")]
    public async Task An_answer_that_is_none_says_why(RdapFault fault, string code)
    {
        await using var world = await TestWorld.Start();
        using var client = Client(world);
        world.Rdap.Behave("*", fault);
        Assert.Equal(code, Assert.IsType<RdapAnswer.Unreadable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
    }

    [Theory]
    [InlineData(RdapFault.Unavailable, "rdap-unavailable")]
    [InlineData(RdapFault.Slow, "rdap-timeout")]
    public async Task A_registry_in_trouble_may_be_asked_another_time(RdapFault fault, string code)
    {
        await using var world = await TestWorld.Start();
        using var client = Client(world, timeout: "00:00:02");
        world.Rdap.Behave("*", fault);
        Assert.Equal(code, Assert.IsType<RdapAnswer.Unavailable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
    }

    [Theory]
    [InlineData(RdapFault.NoContact)]
    [InlineData(RdapFault.Redacted)]
    public async Task A_network_whose_contact_is_withheld_has_none(RdapFault fault)
    {
        await using var world = await TestWorld.Start();
        using var client = Client(world);
        world.Rdap.Behave("*", fault);
        var found = Assert.IsType<RdapAnswer.Found>(await client.NetworkOf(Poland, CancellationToken.None));
        Assert.Equal(("NET-PL-1", null), (found.Network.Handle, found.Network.AbuseMail));
    }

    [Fact]
    public async Task A_registry_that_asks_to_be_left_alone_is_not_asked_before_its_time()
    {
        await using var world = await TestWorld.Start();
        var clock = new TestClock();
        using var client = Client(world, clock);
        world.Rdap.Behave("*", RdapFault.TooManyRequests);
        Assert.Equal("rdap-busy", Assert.IsType<RdapAnswer.Unavailable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
        world.Rdap.BehaveWell();

        Assert.Equal("rdap-busy", Assert.IsType<RdapAnswer.Unavailable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
        Assert.Single(world.Rdap.Queries);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<RdapAnswer.Found>(await client.NetworkOf(Poland, CancellationToken.None));
    }

    [Fact]
    public async Task A_registry_whose_certificate_nobody_vouches_for_is_not_believed()
    {
        await using var world = await TestWorld.Start();
        var settings = world.TracingSettings();
        settings.Remove("Tls:ExtraAuthorities");
        using var client = Client(settings, new TestClock());
        Assert.Equal("bootstrap: rdap-tls", Assert.IsType<RdapAnswer.Unavailable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
    }

    [Fact]
    public async Task The_servers_file_is_kept_while_its_sender_allows_and_serves_on_when_it_cannot_be_fetched()
    {
        var world = await TestWorld.Start();
        var clock = new TestClock();
        using var client = Client(world, clock);
        Assert.IsType<RdapAnswer.Found>(await client.NetworkOf(Poland, CancellationToken.None));
        await world.DisposeAsync();
        clock.Advance(TimeSpan.FromDays(8));

        // The registry is away, not the knowledge of which one it is.
        Assert.Equal("rdap-unreachable", Assert.IsType<RdapAnswer.Unavailable>(await client.NetworkOf(Poland, CancellationToken.None)).Code);
    }

    [Theory]
    [InlineData("http://registry.example/elsewhere", "https://registry.example/", "rdap-bad-redirect")]
    [InlineData("file:///etc/passwd", "https://registry.example/", "rdap-bad-redirect")]
    public async Task A_redirect_away_from_https_is_not_followed(string location, string from, string code)
    {
        using var http = new HttpClient(new Answers(() => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(location) } }));
        var reply = await new RdapTransport(http, new TestClock(), TimeSpan.FromSeconds(5)).Get(new Uri(from), CancellationToken.None);
        Assert.Equal(code, Assert.IsType<RdapTransport.Reply.Failed>(reply).Code);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        using var http = new HttpClient(new Answers(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[2_000_000]) }));
        var reply = await new RdapTransport(http, new TestClock(), TimeSpan.FromSeconds(5)).Get(new Uri("https://registry.example/"), CancellationToken.None);
        Assert.Equal("rdap-too-long", Assert.IsType<RdapTransport.Reply.Failed>(reply).Code);
    }

    [Fact]
    public async Task A_registrys_name_that_leads_inside_is_not_connected_to()
    {
        await using var world = await TestWorld.Start();
        using var http = RdapConnections.Open([world.Rdap.BootstrapUrl], new NetworkGuard([], []), new());
        var reply = await new RdapTransport(http, new TestClock(), TimeSpan.FromSeconds(5)).Get(new Uri($"https://127.0.0.1:{world.Canary.Ports[0]}/"), CancellationToken.None);
        Assert.Equal("rdap-unreachable", Assert.IsType<RdapTransport.Reply.Failed>(reply).Code);
        Assert.Equal(0, world.Canary.Connections);
    }

    private static RdapClient Client(World world, TestClock? clock = null, string timeout = "00:00:15")
    {
        var settings = world.TracingSettings();
        settings["Tracing:RdapTimeout"] = timeout;
        return Client(settings, clock ?? new TestClock());
    }

    private static RdapClient Client(Dictionary<string, string> settings, TestClock clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings!).Build();
        return new RdapClient(TracingOptions.From(configuration), NetworkGuard.From(configuration), clock);
    }

    private sealed class Answers(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
