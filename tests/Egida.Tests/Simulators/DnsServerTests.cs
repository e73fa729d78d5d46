namespace Egida.Tests.Simulators;

public sealed class DnsServerTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Fact]
    public async Task Dig_reads_addresses_of_both_families()
    {
        Assert.Equal("192.0.2.10\n", await OutsideClient.Dig(fixture.World, "galeria.example", "A", "+short"));
        Assert.Equal("2001:db8:1::10\n", await OutsideClient.Dig(fixture.World, "galeria.example", "AAAA", "+short"));
        Assert.Equal("galeria.example.\n192.0.2.10\n", await OutsideClient.Dig(fixture.World, "alias.example", "A", "+short"));
    }

    [Theory]
    [InlineData("does-not-exist.example", "NXDOMAIN")]
    [InlineData("servfail.example", "SERVFAIL")]
    [InlineData("empty.example", "NOERROR")]
    [InlineData("outside.invalid", "REFUSED")]
    public async Task Dig_sees_the_code_that_the_name_stands_for(string name, string code) =>
        Assert.Contains($"status: {code}", await OutsideClient.Dig(fixture.World, name, "A"), StringComparison.Ordinal);

    [Fact]
    public async Task Dig_gets_nothing_from_a_silent_name() =>
        Assert.Contains("timed out", await OutsideClient.Dig(fixture.World, "silent.example", "A"), StringComparison.Ordinal);

    [Fact]
    public async Task A_truncated_answer_over_UDP_is_whole_over_TCP()
    {
        var udp = await OutsideClient.Dig(fixture.World, "truncated.example", "A", "+ignore", "+notcp");
        Assert.Matches("flags:[^;]* tc", udp);
        Assert.DoesNotContain("192.0.2.10", udp, StringComparison.Ordinal);
        Assert.Equal("192.0.2.10\n", await OutsideClient.Dig(fixture.World, "truncated.example", "A", "+short", "+tcp"));
        Assert.Equal(120, (await OutsideClient.Dig(fixture.World, "many.example", "A", "+short", "+tcp")).Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_rebinding_name_is_public_when_checked_and_private_when_used()
    {
        Assert.Equal("192.0.2.10\n", await OutsideClient.Dig(fixture.World, "rebind.example", "A", "+short"));
        Assert.Equal("127.0.0.1\n", await OutsideClient.Dig(fixture.World, "rebind.example", "A", "+short"));
    }
}
