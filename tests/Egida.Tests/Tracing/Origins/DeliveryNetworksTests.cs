using System.Net;
using Egida.Platform;
using Egida.Tracing.Origins;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Tracing.Origins;

public sealed class DeliveryNetworksTests
{
    private static readonly DeliveryNetworks Known = new(new DeliveryNetworkFile([new("Sieć", ["brzeg.example"], ["198.51.100.0/25"], "origin@siec.example")]));

    [Theory]
    [InlineData("198.51.100.1", "", true)]
    [InlineData("198.51.100.1 198.51.100.2", "", true)]
    [InlineData("198.51.100.1 192.0.2.1", "", false)]
    [InlineData("192.0.2.1", "a.brzeg.example", true)]
    [InlineData("192.0.2.1", "BRZEG.EXAMPLE", true)]
    [InlineData("192.0.2.1", "a.example a.b.brzeg.example", true)]
    [InlineData("192.0.2.1", "nadbrzeg.example", false)]
    [InlineData("192.0.2.1", "", false)]
    public void It_is_recognised_by_an_alias_or_by_all_addresses(string addresses, string aliases, bool known) => Assert.Equal(
        known ? new DeliveryNetwork("Sieć", "origin@siec.example") : null,
        Known.Of([.. addresses.Split(' ').Select(IPAddress.Parse)], aliases.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("198.51.100.0/33", "origin@siec.example", "198.51.100.0/33")]
    [InlineData("198.51.100.0/25", "Origin <origin@siec.example>", "plain mail address")]
    public void A_mistake_in_the_file_stops_the_start(string range, string mail, string what) => Assert.Contains(
        what, Assert.Throws<InvalidOperationException>(() => new DeliveryNetworks(new DeliveryNetworkFile([new("Sieć", [], [range], mail)]))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_countrys_own_file_can_be_read_and_names_only_examples() =>
        Assert.EndsWith(".example", DeliveryNetworks.Of(new CountryFolder(new ConfigurationBuilder().Build())).Named("Przykładowa Sieć Dostarczania")!.AskAt, StringComparison.Ordinal);
}
