using Egida.Blocking;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Blocking;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("pictures.test", "pictures.test")]
    [InlineData("  WWW.Pictures.TEST. ", "www.pictures.test")]
    [InlineData("żółw.test", "xn--w-uga1v8h.test")]
    [InlineData("XN--W-UGA1V8H.test", "xn--w-uga1v8h.test")]
    [InlineData("ｐｉｃｔｕｒｅｓ。test", "pictures.test")]
    [InlineData("приклад.укр", "xn--80aikifvh.xn--j1amh")]
    [InlineData("a_b.pictures.test", "a_b.pictures.test")]
    public void A_name_has_one_spelling(string typed, string name) => Assert.Equal((name, null), DomainName.Read(typed));

    [Theory]
    [InlineData("", DomainProblem.Missing)]
    [InlineData("   ", DomainProblem.Missing)]
    [InlineData("pictures.test\n0.0.0.0 other.test", DomainProblem.Characters)]
    [InlineData("pictures.test\n", DomainProblem.Characters)]
    [InlineData("pictures.test\r", DomainProblem.Characters)]
    [InlineData("pictures\u0000.test", DomainProblem.Characters)]
    [InlineData("pictures .test", DomainProblem.Characters)]
    [InlineData("pictures\t.test", DomainProblem.Characters)]
    [InlineData("pictures\u2028.test", DomainProblem.Characters)]
    [InlineData("pic\u200btures.test", DomainProblem.Characters)]
    [InlineData("\u202etset.serutcip", DomainProblem.Characters)]
    [InlineData("pic\u00a0tures.test", DomainProblem.Characters)]
    [InlineData("*.pictures.test", DomainProblem.Wildcard)]
    [InlineData("pic*.test", DomainProblem.Wildcard)]
    [InlineData("192.0.2.1", DomainProblem.Address)]
    [InlineData("127.1", DomainProblem.Address)]
    [InlineData("0x7f000001", DomainProblem.Address)]
    [InlineData("２１３.test.1", DomainProblem.NotAName)]
    [InlineData("[2001:db8::1]", DomainProblem.Address)]
    [InlineData("2001:db8::1", DomainProblem.Address)]
    [InlineData("pictures.test:8080", DomainProblem.Port)]
    [InlineData("https://pictures.test", DomainProblem.Path)]
    [InlineData("pictures.test/a", DomainProblem.Path)]
    [InlineData("pictures.test?a", DomainProblem.Path)]
    [InlineData("somebody@pictures.test", DomainProblem.Path)]
    [InlineData("pictures%2etest", DomainProblem.NotAName)]
    [InlineData("pictures..test", DomainProblem.NotAName)]
    [InlineData(".pictures.test", DomainProblem.NotAName)]
    [InlineData("-pictures.test", DomainProblem.NotAName)]
    [InlineData("pictures-.test", DomainProblem.NotAName)]
    [InlineData("pictures.test;", DomainProblem.NotAName)]
    [InlineData("pictures.test\"", DomainProblem.NotAName)]
    [InlineData("$include.test", DomainProblem.NotAName)]
    [InlineData("=cmd.test", DomainProblem.NotAName)]
    [InlineData("||pictures.test^", DomainProblem.NotAName)]
    [InlineData("xn--a.test", DomainProblem.NotAName)]
    [InlineData("pictures", DomainProblem.OneLabel)]
    [InlineData("abcdefghijklmnop.onion", DomainProblem.NotInDns)]
    [InlineData("localhost", DomainProblem.NotInDns)]
    [InlineData("1.2.0.192.in-addr.arpa", DomainProblem.NotInDns)]
    public void What_is_more_or_less_than_a_name_is_refused(string typed, DomainProblem problem) => Assert.Equal((null, problem), DomainName.Read(typed));

    [Fact]
    public void A_name_that_no_policy_zone_could_hold_is_refused()
    {
        var label = new string('a', 60);
        Assert.Null(DomainName.Read($"{label}.{label}.{label}.test").Problem);
        Assert.Equal(DomainProblem.TooLong, DomainName.Read($"{label}.{label}.{label}.{label}.test").Problem);
        Assert.Equal(DomainProblem.NotAName, DomainName.Read($"{new string('a', 64)}.test").Problem);
    }

    [Theory]
    [InlineData("pictures.test", "pictures.test", true)]
    [InlineData("a.pictures.test", "pictures.test", true)]
    [InlineData("pictures.test", "a.pictures.test", true)]
    [InlineData("morepictures.test", "pictures.test", false)]
    public void A_name_touches_what_is_above_and_below_it_and_nothing_beside_it(string one, string other, bool touches) => Assert.Equal(touches, DomainName.Touches(one, other));

    [Fact]
    public void Whatever_is_typed_what_comes_out_means_nothing_in_any_format() => Prop.ForAll<string?>(typed =>
    {
        var (name, problem) = DomainName.Read(typed);
        return name is null
            ? problem is not null
            : problem is null && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.') && DomainName.Read(name).Name == name;
    }).QuickCheckThrowOnFailure();
}
