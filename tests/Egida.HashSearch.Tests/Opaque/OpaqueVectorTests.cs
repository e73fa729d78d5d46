using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Opaque;

public sealed class OpaqueVectorTests
{
    [Fact]
    public void Base64_and_hexadecimal_digits_give_the_vector_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(OpaqueVector144.ByteLength).ToArbitrary(), bytes =>
        {
            var vector = OpaqueVector144.FromBytes(bytes);
            return vector.Bytes.SequenceEqual(bytes)
                && OpaqueVector144.Parse(vector.ToString()) == vector && vector.ToString() == Convert.ToBase64String(bytes)
                && OpaqueVector144.Parse(Convert.ToHexString(bytes)) == vector && OpaqueVector144.Parse(Convert.ToHexStringLower(bytes)).Equals((object)vector)
                && vector.GetHashCode() == OpaqueVector144.FromBytes(bytes).GetHashCode();
        }));

    [Fact]
    public void Everything_else_is_refused_and_not_repeated()
    {
        var base64 = SomeVectors.Noise(1, 1)[0].ToString();
        string[] others =
        [
            "", base64[1..], base64 + "=", base64[..191] + "=", base64[..191] + " ", base64[..190] + "\r\n", base64[..191] + "-", base64[..191] + "é",
            new('0', 287), new('0', 289), new string('0', 287) + "g", "1,2,3,4",
        ];
        Assert.All(others, text => Assert.False(OpaqueVector144.TryParse(text, out _)));
        var refused = Assert.Throws<FormatException>(() => OpaqueVector144.Parse("secret"));
        Assert.Equal("Expected 144 bytes as 192 characters of base64 or 288 hexadecimal digits; there are 6 characters.", refused.Message);
        Assert.Throws<ArgumentException>(() => OpaqueVector144.FromBytes(new byte[143]));
    }

    [Fact]
    public void Distances_are_sums_of_differences_and_of_their_squares()
    {
        var (black, white) = (SomeVectors.All(0), SomeVectors.All(255));

        Assert.Equal((36_720, 9_363_600), (black.L1(white), white.SquaredL2(black)));
        Assert.Equal((0, 0), (white.L1(white), white.SquaredL2(white)));
        Assert.Equal((432, 1_296), (SomeVectors.All(10).L1(SomeVectors.All(7)), SomeVectors.All(10).SquaredL2(SomeVectors.All(7))));
        Assert.True(black != white);
    }
}
