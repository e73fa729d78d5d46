using System.Security.Cryptography;
using Egida.Platform.Fetching;
using Egida.Simulators;
using Egida.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using DnsAnswer = Egida.Platform.Fetching.DnsAnswer;

namespace Egida.Tests.Platform.Fetching;

public sealed class DnsResolverTests
{
    [Theory]
    [InlineData("galeria.example", "192.0.2.10 2001:db8:1::10")]
    [InlineData("mixed.example", "127.0.0.1 192.0.2.10")]
    [InlineData("mapped.example", "::ffff:127.0.0.1")]
    public async Task All_addresses_of_both_families_are_found(string name, string addresses)
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(addresses, string.Join(' ', Assert.IsType<DnsAnswer.Found>(await Ask(world, name)).Addresses));
    }

    [Fact]
    public async Task An_answer_too_long_for_UDP_is_fetched_over_TCP()
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(120, Assert.IsType<DnsAnswer.Found>(await Ask(world, "many.example")).Addresses.Count);
        Assert.Single(Assert.IsType<DnsAnswer.Found>(await Ask(world, "truncated.example")).Addresses);
        Assert.Contains(world.Dns.Questions, q => q.StartsWith("truncated.example", StringComparison.Ordinal) && q.EndsWith("tcp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_chain_of_aliases_is_told()
    {
        await using var world = await TestWorld.Start();
        world.Dns.Zone.Set(new DnsName("first.example") { CanonicalName = "second.example" });
        world.Dns.Zone.Set(new DnsName("second.example") { CanonicalName = "galeria.example" });
        Assert.Equal(["second.example", "galeria.example"], Assert.IsType<DnsAnswer.Found>(await Ask(world, "first.example")).Aliases);
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_is_seen_to_because_nothing_is_remembered()
    {
        await using var world = await TestWorld.Start();
        var resolver = Resolver(world);
        var first = Assert.IsType<DnsAnswer.Found>(await resolver.Resolve("rebind.example", CancellationToken.None));
        var second = Assert.IsType<DnsAnswer.Found>(await resolver.Resolve("rebind.example", CancellationToken.None));
        Assert.Equal(["127.0.0.1", "192.0.2.10"], new[] { first, second }.Select(f => f.Addresses.Single().ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("gone.example", false)]
    [InlineData("aliasnowhere.example", false)]
    [InlineData("a..b", false)]
    [InlineData("empty.example", true)]
    public async Task A_name_without_addresses_is_told_from_one_that_does_not_exist(string name, bool exists)
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(exists, Assert.IsType<DnsAnswer.NoAddress>(await Ask(world, name)).NameExists);
    }

    [Theory]
    [InlineData("servfail.example", "dns-servfail")]
    [InlineData("aliasloop.example", "dns-servfail")]
    [InlineData("silent.example", "dns-timeout")]
    public async Task A_server_that_fails_is_no_answer_about_the_name(string name, string code)
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(new DnsAnswer.Failed(code), await Resolver(world, timeout: TimeSpan.FromSeconds(2)).Resolve(name, CancellationToken.None));
    }

    [Fact]
    public async Task Signatures_that_are_missing_below_a_trust_anchor_are_bogus_and_elsewhere_not_expected()
    {
        await using var world = await TestWorld.Start();
        var stripped = await Resolver(world, Anchor(world, "example.")).Resolve("galeria.example", CancellationToken.None);
        Assert.Equal(DnsSecurity.Bogus, Assert.IsType<DnsAnswer.Found>(stripped).Security);
        var unsigned = await Resolver(world, Anchor(world, "test.")).Resolve("galeria.example", CancellationToken.None);
        Assert.Equal(DnsSecurity.Insecure, Assert.IsType<DnsAnswer.Found>(unsigned).Security);
    }

    [Fact]
    public async Task Many_look_ups_at_once_all_get_their_own_answer()
    {
        await using var world = await TestWorld.Start();
        var resolver = Resolver(world);
        for (var i = 1; i <= 50; i++)
        {
            world.Dns.Zone.Set($"host-{i}.test", $"192.0.2.{i}");
        }

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => resolver.Resolve($"host-{i}.test", CancellationToken.None)));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"192.0.2.{i}"), answers.Select(a => Assert.IsType<DnsAnswer.Found>(a).Addresses.Single().ToString()));
    }

    [Fact]
    public void A_broken_packet_gives_a_shorter_chain_and_never_an_error() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), bytes => DnsAliases.Of([0, 0, 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, .. bytes], "a.example").Count <= 16));

    private static Task<DnsAnswer> Ask(World world, string name) => Resolver(world).Resolve(name, CancellationToken.None);

    private static DnsResolver Resolver(World world, string? anchor = null, TimeSpan? timeout = null) =>
        new(new DnsOptions(world.Dns.EndPoint.ToString(), anchor, timeout ?? TimeSpan.FromSeconds(20)));

    /// <summary>A key of nobody: nothing in this world is signed with it.</summary>
    private static string Anchor(World world, string zone)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var file = Path.Combine(world.StateFolder, $"anchor-{zone}key");
        File.WriteAllText(file, $"{zone} IN DNSKEY 257 3 13 {Convert.ToBase64String([.. point.X!, .. point.Y!])}\n");
        return file;
    }
}
