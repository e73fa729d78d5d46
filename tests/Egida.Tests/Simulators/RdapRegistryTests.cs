using System.Net;
using System.Text.Json;
using Egida.Simulators;

namespace Egida.Tests.Simulators;

public sealed class RdapRegistryTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Fact]
    public async Task The_bootstrap_file_leads_to_a_registry_whose_abuse_contact_is_nested()
    {
        using var client = OutsideClient.Direct(fixture.World);
        using var bootstrap = JsonDocument.Parse(await client.GetStringAsync(new Uri(fixture.World.Rdap.BootstrapUrl, "ipv4.json")));
        var service = bootstrap.RootElement.GetProperty("services")[0];
        Assert.Contains("192.0.2.0/24", service[0].EnumerateArray().Select(range => range.GetString()));

        var answer = await client.GetAsync(service[1][0].GetString() + "ip/192.0.2.10");
        Assert.Equal("application/rdap+json", answer.Content.Headers.ContentType?.MediaType);
        using var network = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var outer = network.RootElement.GetProperty("entities").EnumerateArray().ToArray();
        Assert.DoesNotContain(outer, entity => entity.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "abuse"));
        var abuse = outer.SelectMany(entity => entity.GetProperty("entities").EnumerateArray()).Single();
        Assert.Equal("abuse@hosting-pl.example", abuse.GetProperty("vcardArray")[1].EnumerateArray().Single(item => item[0].GetString() == "email")[3].GetString());
    }

    [Fact]
    public async Task Nobody_answers_for_the_unknown_network()
    {
        using var client = OutsideClient.Direct(fixture.World);
        var answer = await client.GetAsync(new Uri(fixture.World.Rdap.BootstrapUrl, "/rdap/ip/203.0.113.200"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("\"errorCode\": 404", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Dutch_network_is_reached_by_a_redirect()
    {
        using var client = OutsideClient.Direct(fixture.World);
        var answer = await client.GetAsync(new Uri(fixture.World.Rdap.BootstrapUrl, "/rdap/ip/198.51.100.10"));
        Assert.Equal("/rdap/nl/ip/198.51.100.10", answer.RequestMessage?.RequestUri?.AbsolutePath);
        Assert.Contains("abuse@hosting-nl.example", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hurried_client_is_told_when_to_come_back()
    {
        fixture.World.Rdap.Behave("ip/192.0.2.77", RdapFault.TooManyRequests);
        using var client = OutsideClient.Direct(fixture.World);
        var answer = await client.GetAsync(new Uri(fixture.World.Rdap.BootstrapUrl, "/rdap/ip/192.0.2.77"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }
}
