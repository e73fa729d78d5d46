using System.Security.Cryptography;
using Egida.Intake.Receipts;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Intake;

public class ReceiptCodeTests
{
    private static readonly byte[] Key = new byte[32];

    private static ReceiptCode Some(int seed) => ReceiptCode.Of(Key, SHA256.HashData(BitConverter.GetBytes(seed)));

    [Fact]
    public void A_code_is_ten_groups_of_four_digits()
    {
        var code = Some(1);
        Assert.Equal(10, code.Groups.Count);
        Assert.All(code.Groups, group => Assert.True(group.Length == 4 && group.All(char.IsAsciiDigit)));
        Assert.DoesNotContain(code.Groups[0], code.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_form_gives_the_same_code_and_another_form_another() =>
        Prop.ForAll<int, int>((one, other) => Some(one) == Some(one) && (one == other || Some(one) != Some(other))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData(" . ")]
    [InlineData("\n")]
    public void Any_grouping_is_read(string between)
    {
        var code = Some(2);
        Assert.Equal(new ReceiptReading.Good(code), ReceiptCode.Read(string.Join(between, code.Groups)));
    }

    [Fact]
    public void Full_width_digits_are_read()
    {
        var code = Some(3);
        Assert.Equal(new ReceiptReading.Good(code), ReceiptCode.Read(string.Concat(code.Reveal().Select(c => c == ' ' ? c : (char)(c + 0xFEE0)))));
    }

    [Fact]
    public void One_wrong_digit_is_a_typo() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(0, 39).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (at, by) =>
        {
            var digits = string.Concat(Some(at).Groups).ToCharArray();
            digits[at] = (char)('0' + ((digits[at] - '0' + by) % 10));
            return ReceiptCode.Read(new string(digits)) is ReceiptReading.Typo;
        }));

    [Fact]
    public void Two_swapped_neighbours_are_a_typo() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(0, 38).ToArbitrary(), Gen.Choose(0, 9999).ToArbitrary(), (at, seed) =>
        {
            var digits = string.Concat(Some(seed).Groups).ToCharArray();
            (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
            return digits[at] == digits[at + 1] || ReceiptCode.Read(new string(digits)) is ReceiptReading.Typo;
        }));

    [Fact]
    public void A_code_that_is_too_short_says_how_many_digits_it_has() => Assert.Equal(new ReceiptReading.WrongLength(8), ReceiptCode.Read("1234 5678"));

    [Fact]
    public void Nothing_typed_makes_reading_fail() => Prop.ForAll<string?>(typed => ReceiptCode.Read(typed) is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Damms_own_example_holds()
    {
        Assert.Equal('4', Damm.CheckDigit("572"));
        Assert.True(Damm.Holds("5724"));
    }
}
