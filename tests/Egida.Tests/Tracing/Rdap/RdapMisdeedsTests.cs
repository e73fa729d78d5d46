using System.Net;
using Egida.Platform.Fetching;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tracing;
using Egida.Tracing.Rdap;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Tracing.Rdap;

/// <summary>A registry that lies, loops, drips or floods gives a code, in bounded time and memory, and makes us connect to nothing inside.</summary>
public sealed class RdapMisdeedsTests
{
    private static readonly IPAddress Poland = IPAddress.Parse("192.0.2.10");

    [Theory]
    [InlineData(RdapFault.RedirectLoop, "rdap-redirects")]
    [InlineData(RdapFault.HtmlAsJson, "rdap-unreadable")]
    [InlineData(RdapFault.Huge, "rdap-too-long")]
    [InlineData(RdapFault.GzipBomb, "rdap-too-long")]
    [InlineData(RdapFault.Deep, "rdap-unreadable")]
    [InlineData(RdapFault.OtherNetwork, "rdap-other-network")]
    public async Task What_will_not_get_better_is_unreadable(RdapFault fault, string code) =>
        Assert.Equal(code, Assert.IsType<RdapAnswer.Unreadable>(await Ask(fault, c => c.NetworkOf(Poland, CancellationToken.None))).Code);

    [Theory]
    [InlineData(RdapFault.RedirectInside, "rdap-unreachable")]
    [InlineData(RdapFault.Drip, "rdap-timeout")]
    [InlineData(RdapFault.Slow, "rdap-timeout")]
    public async Task What_may_get_better_is_unavailable(RdapFault fault, string code) =>
        Assert.Equal(code, Assert.IsType<RdapAnswer.Unavailable>(await Ask(fault, c => c.NetworkOf(Poland, CancellationToken.None))).Code);

    [Fact]
    public async Task An_answer_is_judged_by_its_bytes_and_not_by_the_name_of_its_type() =>
        Assert.Equal("NET-PL-1", Assert.IsType<RdapAnswer.Found>(await Ask(RdapFault.JsonAsHtml, c => c.NetworkOf(Poland, CancellationToken.None))).Network.Handle);

    [Fact]
    public async Task An_unreadable_answer_is_kept_as_it_came() =>
        Assert.StartsWith("<!doctype html>", System.Text.Encoding.UTF8.GetString((await Ask(RdapFault.HtmlAsJson, c => c.NetworkOf(Poland, CancellationToken.None))).Raw!), StringComparison.Ordinal);

    [Fact]
    public async Task Two_desks_in_one_answer_are_both_told()
    {
        var network = Assert.IsType<RdapAnswer.Found>(await Ask(RdapFault.TwoDesks, c => c.NetworkOf(Poland, CancellationToken.None))).Network;
        Assert.Equal(["abuse@hosting-pl.example", "abuse@inny.example"], new[] { network.AbuseMail, network.OtherAbuseMails }.Order());
    }

    [Theory]
    [InlineData(RdapFault.RedirectLoop, "rdap-redirects")]
    [InlineData(RdapFault.Huge, "rdap-too-long")]
    [InlineData(RdapFault.Deep, "abuse-contact-unreadable")]
    [InlineData(RdapFault.HtmlAsJson, "abuse-contact-unreadable")]
    [InlineData(RdapFault.RedirectInside, "rdap-unreachable")]
    [InlineData(RdapFault.Drip, "rdap-timeout")]
    public async Task The_second_source_is_bounded_alike(RdapFault fault, string code)
    {
        await using var world = await TestWorld.Start();
        world.Rdap.Behave("*", fault);
        var (options, guard) = Settings(world);
        using var finder = new AbuseContacts(options, guard, new TestClock());
        var answer = await finder.Of(Poland, CancellationToken.None);
        Assert.Equal((null, code), (answer!.Mail, answer.Problem));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"abuse-contacts\":[]}")]
    [InlineData("{\"abuse-contacts\":{\"email\":null}}")]
    [InlineData("{\"abuse-contacts\":{\"email\":\"Abuse <abuse@wzor.example>\"}}")]
    [InlineData("{\"abuse-contacts\":{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"}}")]
    public void What_is_no_mailbox_is_none(string json) =>
        Assert.Null(AbuseContacts.Read(new RdapTransport.Reply.Body("registry.example", System.Text.Encoding.UTF8.GetBytes(json), null)).Mail);

    private static async Task<RdapAnswer> Ask(RdapFault fault, Func<RdapClient, Task<RdapAnswer>> ask)
    {
        await using var world = await TestWorld.Start();
        world.Rdap.Behave("*", fault);
        var (options, guard) = Settings(world);
        using var client = new RdapClient(options, guard, new TestClock());
        var answer = await ask(client);
        Assert.Equal(0, world.Canary.Connections);
        return answer;
    }

    private static (TracingOptions Options, NetworkGuard Guard) Settings(World world)
    {
        var settings = world.TracingSettings();
        settings["Tracing:RdapTimeout"] = "00:00:02";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings!).Build();
        return (TracingOptions.From(configuration), NetworkGuard.From(configuration));
    }
}
