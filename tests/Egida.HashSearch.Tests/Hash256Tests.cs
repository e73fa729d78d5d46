using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

public class Hash256Tests
{
    [Fact]
    public void Distance_is_a_metric() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Hash.Three().ToArbitrary(), three =>
        {
            var (a, b, c) = three;
            return a.Distance(a) == 0
                && a.Distance(b) == b.Distance(a)
                && a.Distance(b) == 0 == (a == b)
                && a.Distance(c) <= a.Distance(b) + b.Distance(c);
        }));

    [Fact]
    public void Distance_counts_differing_bits() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Hash.Two().ToArbitrary(), two =>
            two.Item1.Distance(two.Item2) == Enumerable.Range(0, Hash256.BitLength).Count(bit => two.Item1[bit] != two.Item2[bit])));

    [Fact]
    public void Text_and_bytes_give_the_hash_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Hash.ToArbitrary(), hash =>
            Hash256.Parse(hash.ToString()) == hash
            && Hash256.Parse(hash.ToString().ToUpperInvariant()) == hash
            && Hash256.FromBytes(hash.ToByteArray()) == hash
            && hash.ToString().Length == 64
            && hash.GetHashCode() == Hash256.Parse(hash.ToString()).GetHashCode()));

    [Fact]
    public void The_first_digit_of_the_text_holds_the_most_significant_bits()
    {
        var hash = Hash256.Parse("8" + new string('0', 62) + "1");

        Assert.True(hash[255]);
        Assert.True(hash[0]);
        Assert.Equal(2, hash.OnesCount);
        Assert.Equal(0x80, hash.ToByteArray()[0]);
    }

    [Fact]
    public void The_largest_distance_is_256() =>
        Assert.Equal(256, default(Hash256).Distance(Hash256.Parse(new string('f', 64))));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("0x00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(" 000000000000000000000000000000000000000000000000000000000000000")]
    public void Other_text_is_refused_without_being_repeated(string text)
    {
        Assert.False(Hash256.TryParse(text, out var hash));
        Assert.Equal(default, hash);
        Assert.Equal("Expected 64 hexadecimal digits.", Assert.Throws<FormatException>(() => Hash256.Parse(text)).Message);
    }

    [Fact]
    public void Bytes_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[33]));
        Assert.Throws<ArgumentException>(() => default(Hash256).CopyTo(new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Hash256)[256]);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Hash256)[-1]);
    }
}
