using System.Net;
using Egida.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Tracing;

public sealed class CountryRangesTests
{
    [Theory]
    [InlineData("192.0.2.0", "PL")]
    [InlineData("192.0.2.127", "PL")]
    [InlineData("192.0.2.128", null)]
    [InlineData("192.0.1.255", null)]
    [InlineData("198.51.100.9", "NL")]
    [InlineData("2001:db8:1::7", "PL")]
    [InlineData("2001:db8:2::7", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("255.255.255.255", null)]
    public void An_address_is_found_in_its_range_only(string address, string? country) =>
        Assert.Equal(country, Read("198.51.100.0,198.51.100.255,NL\n192.0.2.0,192.0.2.127,PL\n2001:db8:1::,2001:db8:1:ffff:ffff:ffff:ffff:ffff,PL\n").Of(IPAddress.Parse(address)));

    [Fact]
    public void A_header_and_quotes_are_no_obstacle() =>
        Assert.Equal("PL", Read("start,end,country\n\"192.0.2.0\",\"192.0.2.255\",\"pl\"\n").Of(IPAddress.Parse("192.0.2.1")));

    [Theory]
    [InlineData("192.0.2.0,192.0.2.9,EU\n", "no country")]
    [InlineData("192.0.2.0,192.0.2.9,\n", "no country")]
    public void A_code_that_names_no_country_is_none(string text, string why) => Assert.True(Read(text).Of(IPAddress.Parse("192.0.2.1")) is null, why);

    [Theory]
    [InlineData("192.0.2.0,192.0.2.9,PL\nnonsense,192.0.2.9,PL\n", "line 2")]
    [InlineData("192.0.2.0,192.0.2.9\n", "line 1")]
    [InlineData("192.0.2.9,192.0.2.0,PL\n", "line 1")]
    [InlineData("192.0.2.9,2001:db8::,PL\n", "line 1")]
    [InlineData("192.0.2.0,192.0.2.9,PL\n192.0.2.9,192.0.2.20,NL\n", "lines 1 and 2")]
    public void A_file_that_cannot_be_trusted_is_refused_by_its_line(string text, string line) =>
        Assert.Contains(line, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_search_finds_what_a_walk_through_all_ranges_finds() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<ushort[]>(), ArbMap.Default.ArbFor<ushort>(), (cuts, asked) =>
        {
            // Sorted distinct cuts, taken in pairs, are ranges that don't overlap; the file has them in another order.
            var edges = cuts.Distinct().Order().ToArray();
            var ranges = edges.Chunk(2).Where(c => c.Length == 2).Select((c, i) => (First: (uint)c[0], Last: (uint)c[1] - 1, Country: $"{(char)('A' + (i % 26))}{(char)('A' + (i % 7))}"))
                .Where(r => r.Country is not ("EU" or "AP" or "ZZ")).ToArray();
            var text = string.Concat(ranges.OrderBy(r => r.First * 2654435761u).Select(r => $"{Address(r.First)},{Address(r.Last)},{r.Country}\n"));
            var expected = ranges.Where(r => r.First <= asked && asked <= r.Last).Select(r => r.Country).SingleOrDefault();
            return Read(text).Of(Address(asked)) == expected;
        }));

    private static IPAddress Address(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static CountryRanges Read(string text) => CountryRanges.Read(new StringReader(text));
}
