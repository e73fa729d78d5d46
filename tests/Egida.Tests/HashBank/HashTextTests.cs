using Egida.HashBank;
using static Egida.HashBank.HashText;

namespace Egida.Tests.HashBank;

public sealed class HashTextTests
{
    private const string Pdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";

    [Theory]
    [InlineData(HashKind.Md5, "0123456789abcdef0123456789ABCDEF")]
    [InlineData(HashKind.Sha1, " 0123456789abcdef0123456789abcdef01234567 ")]
    [InlineData(HashKind.Sha256, Pdq)]
    [InlineData(HashKind.Pdq, Pdq)]
    public void A_hash_is_read_in_either_case_and_with_blanks_around_it(HashKind kind, string text) =>
        Assert.Equal(text.Trim().ToLowerInvariant(), TextOf(kind, Assert.IsType<Reading.Good>(Read(kind, text)).Value));

    [Theory]
    [InlineData(HashKind.Md5, "0123", "wrong-length")]
    [InlineData(HashKind.Md5, null, "wrong-length")]
    [InlineData(HashKind.Md5, "0123456789abcdef0123456789abcdeg", "wrong-alphabet")]
    [InlineData(HashKind.Md5, "０123456789abcdef0123456789abcdef", "wrong-alphabet")]
    [InlineData(HashKind.Sha1, "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", "base32")]
    [InlineData(HashKind.PhotoDna, "zz", "wrong-length")]
    [InlineData(HashKind.Pdq, "0000000000000000000000000000000000000000000000000000000000000000", "all-zero")]
    [InlineData(HashKind.Pdq, "0000000000000000000000000000000000000000000000000000000000000007", "low-quality")]
    [InlineData(HashKind.Pdq, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "low-quality")]
    public void What_is_wrong_is_said(HashKind kind, string? text, string code) => Assert.Equal(code, Assert.IsType<Reading.Bad>(Read(kind, text)).Code);

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void A_picture_of_low_quality_is_refused_where_its_quality_is_told(int quality, bool good) =>
        Assert.Equal(good, Read(HashKind.Pdq, Pdq, quality) is Reading.Good);

    [Fact]
    public void No_refusal_repeats_the_hash()
    {
        var bad = Assert.IsType<Reading.Bad>(Read(HashKind.Sha256, "deadbeefdeadbeef"));

        Assert.DoesNotContain("deadbeef", bad.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_digits_may_be_two_kinds() => Assert.Equal([HashKind.Sha256, HashKind.Pdq], ReadAny(Pdq).Select(r => r.Kind));

    [Fact]
    public void PhotoDNA_is_read_in_base64_and_in_hex()
    {
        var bytes = Enumerable.Range(0, 144).Select(i => (byte)i).ToArray();

        Assert.Equal(bytes, Assert.IsType<Reading.Good>(Read(HashKind.PhotoDna, Convert.ToBase64String(bytes))).Value);
        Assert.Equal(bytes, Assert.IsType<Reading.Good>(Read(HashKind.PhotoDna, Convert.ToHexString(bytes))).Value);
    }
}
