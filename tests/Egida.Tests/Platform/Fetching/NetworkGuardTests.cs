using System.Net;
using Egida.Platform.Fetching;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Platform.Fetching;

public sealed class NetworkGuardTests
{
    private static readonly NetworkGuard Guard = new([], []);

    public static TheoryData<string, string, string> FirstAndLastOfEveryRange => new()
    {
        { "unspecified", "0.0.0.0", "0.255.255.255" },
        { "private", "10.0.0.0", "10.255.255.255" },
        { "shared-carrier", "100.64.0.0", "100.127.255.255" },
        { "loopback", "127.0.0.0", "127.255.255.255" },
        { "link-local", "169.254.0.0", "169.254.255.255" },
        { "private", "172.16.0.0", "172.31.255.255" },
        { "protocol-assignments", "192.0.0.0", "192.0.0.255" },
        { "documentation", "192.0.2.0", "192.0.2.255" },
        { "6to4-relay", "192.88.99.0", "192.88.99.255" },
        { "private", "192.168.0.0", "192.168.255.255" },
        { "benchmarking", "198.18.0.0", "198.19.255.255" },
        { "documentation", "198.51.100.0", "198.51.100.255" },
        { "documentation", "203.0.113.0", "203.0.113.255" },
        { "multicast", "224.0.0.0", "239.255.255.255" },
        { "reserved", "240.0.0.0", "255.255.255.255" },
        { "unspecified", "::", "::" },
        { "loopback", "::1", "::1" },
        { "ipv4-compatible", "::2", "::255.255.255.255" },
        { "ipv4-mapped-loopback", "::ffff:127.0.0.0", "::ffff:127.255.255.255" },
        { "ipv4-mapped-link-local", "::ffff:169.254.169.254", "::ffff:169.254.255.255" },
        { "nat64", "64:ff9b::", "64:ff9b::ffff:ffff" },
        { "nat64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff" },
        { "discard", "100::", "100::ffff:ffff:ffff:ffff" },
        { "teredo", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "protocol-assignments", "2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "documentation", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "documentation", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "unique-local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
        { "not-global-unicast", "64:ff9b:2::", "ff:ffff::" },
        { "not-global-unicast", "100:0:0:1::", "1fff:ffff::" },
        { "not-global-unicast", "4000::", "fbff::" },
    };

    [Theory]
    [MemberData(nameof(FirstAndLastOfEveryRange))]
    public void The_first_and_the_last_address_of_a_reserved_range_are_refused_by_its_rule(string rule, string first, string last)
    {
        Assert.Equal(new GuardVerdict.Refused(rule), Guard.Judge(IPAddress.Parse(first)));
        Assert.Equal(new GuardVerdict.Refused(rule), Guard.Judge(IPAddress.Parse(last)));
    }

    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.88.100.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.99.255")]
    [InlineData("198.51.101.0")]
    [InlineData("203.0.112.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2000::")]
    [InlineData("2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2003::")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff:1000::")]
    public void The_address_just_outside_a_reserved_range_is_allowed(string address) =>
        Assert.IsType<GuardVerdict.Allowed>(Guard.Judge(IPAddress.Parse(address)));

    [Fact]
    public void An_address_that_hides_a_public_one_in_IPv6_is_refused_too() =>
        Assert.Equal(new GuardVerdict.Refused("ipv4-mapped"), Guard.Judge(IPAddress.Parse("::ffff:1.2.3.4")));

    [Fact]
    public void A_scope_does_not_open_a_link_local_address() =>
        Assert.Equal(new GuardVerdict.Refused("link-local"), Guard.Judge(IPAddress.Parse("fe80::1%1")));

    [Fact]
    public void One_private_answer_among_public_ones_refuses_the_name()
    {
        Assert.IsType<GuardVerdict.Allowed>(Guard.JudgeAll([IPAddress.Parse("1.1.1.1"), IPAddress.Parse("2003::1")]));
        Assert.Equal(new GuardVerdict.Refused("private"), Guard.JudgeAll([IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.1")]));
        Assert.Equal(new GuardVerdict.Refused("no-address"), Guard.JudgeAll([]));
    }

    [Fact]
    public void A_documentation_range_opens_only_when_it_is_listed_and_only_itself()
    {
        var guard = new NetworkGuard(["192.0.2.0/25", "2001:db8:1::/48"], []);
        Assert.IsType<GuardVerdict.Allowed>(guard.Judge(IPAddress.Parse("192.0.2.127")));
        Assert.IsType<GuardVerdict.Refused>(guard.Judge(IPAddress.Parse("192.0.2.128")));
        Assert.IsType<GuardVerdict.Allowed>(guard.Judge(IPAddress.Parse("2001:db8:1::7")));
        Assert.IsType<GuardVerdict.Refused>(guard.Judge(IPAddress.Parse("::ffff:192.0.2.1")));
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("10.1.0.0/16")]
    [InlineData("0.0.0.0/0")]
    [InlineData("192.0.0.0/16")]
    [InlineData("169.254.169.254/32")]
    [InlineData("8.8.8.0/24")]
    [InlineData("fd00::/8")]
    [InlineData("everything")]
    public void Only_documentation_ranges_may_be_listed_as_allowed(string range) =>
        Assert.Contains(range, Assert.Throws<InvalidOperationException>(() => new NetworkGuard([range], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_institutions_own_addresses_are_refused()
    {
        var settings = new Dictionary<string, string?> { ["Capture:OwnPrefixes:0"] = "1.2.3.0/24" };
        var guard = NetworkGuard.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        Assert.Equal(new GuardVerdict.Refused("own-network"), guard.Judge(IPAddress.Parse("1.2.3.4")));
        Assert.IsType<GuardVerdict.Allowed>(guard.Judge(IPAddress.Parse("1.2.4.4")));
    }

    [Fact]
    public void No_IPv4_address_is_allowed_in_its_mapped_form() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            number => Guard.Judge(new IPAddress(number).MapToIPv6()) is GuardVerdict.Refused));
}
