using System.Net;
using Egida.Tracing.Mmdb;
using FsCheck;
using FsCheck.Fluent;
using static Egida.Tests.Tracing.Mmdb.MmdbWriter;

namespace Egida.Tests.Tracing.Mmdb;

public sealed class MmdbFileTests
{
    /// <summary>`{"country": {"iso_code": "PL"}}`, the same for NL with a pointer to its inner map behind it, and two other ways to say a country.</summary>
    private static readonly byte[] Poland = Map(("registered_country", Map(("iso_code", Text("DE")))), ("country", Map(("geoname_id", [0xA1, 7]), ("iso_code", Text("PL")))));
    private static readonly byte[] Inner = Map(("iso_code", Text("NL")));
    private static readonly byte[] Data =
    [
        .. Poland, .. Inner, .. Map(("country", Pointer(Poland.Length))), .. Map(("country", Text("CZ"))), .. Map(("country_code", Text("sk"))), .. Map(("country", Text("EU"))),
    ];

    private static int OfNetherlands => Poland.Length + Inner.Length;

    private static int OfCzechia => OfNetherlands + Map(("country", Pointer(Poland.Length))).Length;

    private static int OfSlovakia => OfCzechia + Map(("country", Text("CZ"))).Length;

    private static int OfUnion => OfSlovakia + Map(("country_code", Text("sk"))).Length;

    public static TheoryData<int, int> Forms => new() { { 24, 4 }, { 28, 4 }, { 32, 4 }, { 24, 6 }, { 28, 6 }, { 32, 6 } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_address_is_found_in_its_network_only(int recordBits, int version)
    {
        var file = new MmdbFile(Sample(recordBits, version));
        Assert.Equal(
            ["PL", "PL", null, "NL", "CZ", "SK", null, null],
            new[] { "192.0.2.0", "192.0.2.127", "192.0.2.128", "198.51.100.7", "203.0.113.1", "203.0.113.129", "203.0.113.193", "10.0.0.1" }.Select(a => file.Of(IPAddress.Parse(a))));
        Assert.Equal(version == 6 ? "PL" : null, file.Of(IPAddress.Parse("2001:db8:1::1")));
        Assert.Null(file.Of(IPAddress.Parse("2001:db8:2::1")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void A_file_that_is_cut_off_is_refused(int kept) => Assert.Throws<InvalidDataException>(() => new MmdbFile(Sample(24, 6)[..kept]));

    [Fact]
    public void A_tree_that_is_longer_than_its_file_is_refused()
    {
        var file = Sample(24, 4);
        var tail = file.AsSpan().LastIndexOf("node_count"u8) + "node_count".Length + 1;
        file[tail] = 0x7F;
        Assert.Contains("tree", Assert.Throws<InvalidDataException>(() => new MmdbFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_to_itself_and_maps_without_end_are_broken()
    {
        Assert.Throws<InvalidDataException>(() => new MmdbFile(Write(24, 4, Pointer(0), ("192.0.2.0/24", 0))).Of(IPAddress.Parse("192.0.2.1")));
        var deep = Enumerable.Repeat<byte[]>([0xE1, .. Text("a")], 100).SelectMany(b => b).ToArray();
        Assert.Throws<InvalidDataException>(() => new MmdbFile(Write(24, 4, deep, ("192.0.2.0/24", 0))).Of(IPAddress.Parse("192.0.2.1")));
        Assert.Throws<InvalidDataException>(() => new MmdbFile(Write(24, 4, [0xE0], ("192.0.2.0/24", 5))).Of(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void Whatever_bytes_are_changed_it_is_an_answer_or_a_broken_file() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<ushort[]>(), ArbMap.Default.ArbFor<byte>(), (places, value) =>
        {
            foreach (var (recordBits, version) in new[] { (24, 4), (28, 6), (32, 6) })
            {
                var file = Sample(recordBits, version);
                foreach (var place in places)
                {
                    file[place % file.Length] = value;
                }

                try
                {
                    var read = new MmdbFile(file);
                    foreach (var address in new[] { "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8:1::1", "255.255.255.255" })
                    {
                        _ = read.Of(IPAddress.Parse(address));
                    }
                }
                catch (InvalidDataException)
                {
                    // Said so.
                }
            }

            return true;
        }));

    private static byte[] Sample(int recordBits, int version) => Write(
        recordBits, version, Data,
        [
            ("192.0.2.0/25", 0), ("198.51.100.0/24", OfNetherlands), ("203.0.113.0/25", OfCzechia), ("203.0.113.128/26", OfSlovakia), ("203.0.113.192/26", OfUnion),
            .. version == 6 ? new[] { ("2001:db8:1::/48", 0) } : [],
        ]);
}
