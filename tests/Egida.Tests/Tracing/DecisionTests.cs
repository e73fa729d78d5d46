using Egida.Intake;
using Egida.Tracing;

namespace Egida.Tests.Tracing;

public sealed class DecisionTests
{
    private static readonly TraceResult.Found Found = new(DnsProof.NotChecked, [], [], null, [], Missing: null);

    [Fact]
    public void A_traced_item_goes_on_to_the_capture() => Assert.IsType<TraceItem.Decision.GoOn>(TraceItem.Decide(Found, Station.Filed, closed: false, attempts: 0));

    [Fact]
    public void A_silent_registry_is_waited_for_three_times() => Assert.Equal(
        [true, true, true, false],
        Enumerable.Range(0, 4).Select(n => TraceItem.Decide(Found with { Missing = "rdap-busy" }, Station.Filed, closed: false, n) is TraceItem.Decision.TryAgain));

    [Theory]
    [InlineData(Station.Captured, false)]
    [InlineData(Station.Filed, true)]
    public void A_look_at_a_captured_or_closed_item_is_only_noted(Station reached, bool closed) =>
        Assert.IsType<TraceItem.Decision.NoteOnly>(TraceItem.Decide(Found, reached, closed, attempts: 0));

    [Theory]
    [InlineData(null, null, null, null, false)]
    [InlineData("PL", null, "PL", Confidence.Medium, false)]
    [InlineData(null, "PL", "PL", Confidence.Medium, false)]
    [InlineData("PL", "PL", "PL", Confidence.High, false)]
    [InlineData("NL", "PL", "PL", Confidence.Low, true)]
    public void The_country_file_decides_and_a_difference_is_kept(string? registry, string? file, string? country, Confidence? confidence, bool differs) =>
        Assert.Equal(new HostingCountry(country, confidence, differs), HostingCountry.Decide(registry, file));

    [Fact]
    public void Networks_in_two_countries_differ() =>
        Assert.Equal(new HostingCountry("PL", Confidence.Low, true), HostingCountry.Decide([Network("PL"), Network("NL")]));

    [Theory]
    [InlineData("NET-1", "192.0.2.1", "PL", "NET-1", "192.0.2.9", "PL", false)]
    [InlineData("NET-1", "192.0.2.1", "PL", "NET-2", "192.0.2.1", "PL", true)]
    [InlineData(null, "192.0.2.1", null, "NET-2", "192.0.2.1", "PL", false)]
    [InlineData("NET-1", "192.0.2.1", "PL", null, "198.51.100.1", "PL", false)]
    [InlineData("NET-1", "192.0.2.1", "PL", null, "198.51.100.1", "NL", true)]
    [InlineData(null, "192.0.2.1", null, null, "198.51.100.1", null, true)]
    public void An_item_moved_when_its_network_is_another(string? handle, string address, string? country, string? handleNow, string addressNow, string? countryNow, bool moved) =>
        Assert.Equal(moved, RecordTrace.Moved(Trace(handle, address, country), Trace(handleNow, addressNow, countryNow)));

    private static TracedNetwork Network(string country) =>
        new(System.Net.IPAddress.Loopback, null, null, null, null, null, null, country, country, null, null, null);

    private static HostingTrace Trace(string? handle, string address, string? country) => new()
    {
        Id = default,
        ItemId = default,
        At = default,
        Host = "a.example",
        Outcome = TraceOutcome.Found,
        NetworkHandle = handle,
        Addresses = address,
        Address = address,
        Country = country,
    };
}
