using Egida.Intake;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Intake;

public class AddressNormaliserTests
{
    [Theory]
    [InlineData("https://example.test/a/b?c=d", "https://example.test/a/b?c=d")]
    [InlineData("example.test", "http://example.test/")]
    [InlineData("www.example.test/a", "http://www.example.test/a")]
    [InlineData("HTTP://EXAMPLE.TEST/A", "http://example.test/A")]
    [InlineData("hxxps://example[.]test/a", "https://example.test/a")]
    [InlineData("hxxp[:]//example(.)test/a", "http://example.test/a")]
    [InlineData("h**ps://example[dot]test", "https://example.test/")]
    [InlineData("  <https://example.test/a>  ", "https://example.test/a")]
    [InlineData("„https://example.test/a”", "https://example.test/a")]
    [InlineData("(https://example.test/a).", "https://example.test/a")]
    [InlineData("I saw it at https://example.test/a, yesterday.", "https://example.test/a")]
    [InlineData("[here](https://example.test/a)", "https://example.test/a")]
    [InlineData("https://example.test/a_(b)", "https://example.test/a_(b)")]
    [InlineData("view-source:https://example.test/a", "https://example.test/a")]
    [InlineData("https:example.test/a", "https://example.test/a")]
    [InlineData("https:\\\\example.test\\a\\b", "https://example.test/a/b")]
    [InlineData("https://example.test./", "https://example.test/")]
    [InlineData("https://example.test:443/", "https://example.test/")]
    [InlineData("http://example.test:080/", "http://example.test/")]
    [InlineData("http://example.test:8080/", "http://example.test:8080/")]
    [InlineData("https://example.test/a/./b/../c", "https://example.test/a/c")]
    [InlineData("https://example.test/../../a", "https://example.test/a")]
    [InlineData("https://example.test/%7euser/%c5%bc?q=%2f", "https://example.test/~user/%C5%BC?q=%2F")]
    [InlineData("https://example.test/zażółć", "https://example.test/za%C5%BC%C3%B3%C5%82%C4%87")]
    [InlineData("https://example.test/100%", "https://example.test/100%25")]
    [InlineData("https://example.test/a#part", "https://example.test/a")]
    [InlineData("https://jan:secret@example.test/", "https://jan:secret@example.test/")]
    [InlineData("https://@example.test/", "https://example.test/")]
    [InlineData("https://example.test/a?utm_source=x", "https://example.test/a?utm_source=x")]
    [InlineData("https://example.test/go?to=https://other.test/", "https://example.test/go?to=https://other.test/")]
    [InlineData("example.test/go?to=https://other.test/", "http://example.test/go?to=https://other.test/")]
    [InlineData("zażółć.example", "http://xn--za-6ja4f8n1l.example/")]
    [InlineData("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｔｅｓｔ／ａ", "https://example.test/a")]
    [InlineData("https://ｅｘａｍｐｌｅ。test/a", "https://example.test/a")]
    [InlineData("https://exa%6dple.test/", "https://example.test/")]
    [InlineData("https://exam\u200Bple.te\u00ADst/\u202Ea", "https://example.test/a")]
    [InlineData("http://127.1/", "http://127.0.0.1/")]
    [InlineData("http://0x7f000001/", "http://127.0.0.1/")]
    [InlineData("http://2130706433/", "http://127.0.0.1/")]
    [InlineData("http://0177.0.0.1/", "http://127.0.0.1/")]
    [InlineData("http://①②⑦.0.0.1/", "http://127.0.0.1/")]
    [InlineData("http://127。0。0。1/", "http://127.0.0.1/")]
    [InlineData("192.0.2.7/a", "http://192.0.2.7/a")]
    [InlineData("http://[2001:DB8:0:0::1]/a", "http://[2001:db8::1]/a")]
    public void An_address_has_one_spelling(string typed, string expected)
    {
        var web = Assert.IsType<TypedAddress.Web>(AddressNormaliser.Normalise(typed));
        Assert.Equal(expected, web.Address.Reveal());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData(" JavaScript://example.test/%0aalert(1)")]
    [InlineData("ｊａｖａｓｃｒｉｐｔ：alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,<a href='https://example.test/'>")]
    [InlineData("blob:https://example.test/1234")]
    [InlineData("view-source:javascript:alert(1)")]
    public void A_scheme_that_runs_or_opens_something_here_is_forbidden(string typed) =>
        Assert.IsType<TypedAddress.ForbiddenScheme>(AddressNormaliser.Normalise(typed));

    [Theory]
    [InlineData("http://expyuzz4wqqyqhjn.onion/a", "http://expyuzz4wqqyqhjn.onion/a")]
    [InlineData("ExpyuZZ4wqqyqhjn.onion", "http://expyuzz4wqqyqhjn.onion/")]
    [InlineData("http://example.i2p", "http://example.i2p/")]
    public void An_onion_address_is_normalised_and_known_as_one(string typed, string expected) =>
        Assert.Equal(expected, Assert.IsType<TypedAddress.Onion>(AddressNormaliser.Normalise(typed)).Address.Reveal());

    [Theory]
    [InlineData("Messenger X, group «holiday»")]
    [InlineData("@somebody_1999")]
    [InlineData("jan.kowalski")]
    [InlineData("jan@example.test")]
    [InlineData("600 100 200")]
    [InlineData("2130706433")]
    [InlineData("Telegram: somebody")]
    [InlineData("???")]
    public void A_name_or_words_are_no_address(string typed) => Assert.IsType<TypedAddress.AppOrName>(AddressNormaliser.Normalise(typed));

    [Theory]
    [InlineData("magnet:?xt=urn:btih:0000000000000000000000000000000000000000", "magnet")]
    [InlineData("ftp://example.test/a", "ftp")]
    [InlineData("tg://resolve?domain=somebody", "tg")]
    [InlineData("somescheme://abc", "somescheme")]
    public void Another_kind_of_address_is_named(string typed, string scheme) =>
        Assert.Equal(scheme, Assert.IsType<TypedAddress.OtherScheme>(AddressNormaliser.Normalise(typed)).Scheme);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u200B")]
    [InlineData("https://")]
    [InlineData("https://exa mple\u0001.test")]
    [InlineData("https://example\u0001.test/")]
    [InlineData("https://example..test/")]
    [InlineData("https://example.test:99999/")]
    [InlineData("http://256.0.0.1/")]
    [InlineData("http://1.2.3.4.5/")]
    [InlineData("http://[::1%25eth0]/")]
    [InlineData("https://a.test/ https://b.test/")]
    [InlineData("a.test or b.test")]
    [InlineData("a.test/'https://b.test")]
    [InlineData("a.test/,https:\\]b.test")]
    public void What_is_unclear_says_so(string typed)
    {
        var address = AddressNormaliser.Normalise(typed);
        Assert.True(address is TypedAddress.Unclear or TypedAddress.Web { Host: "exa" }, address.ToString());
    }

    [Fact]
    public void A_text_of_100_kB_is_unclear_and_quick_to_read()
    {
        Assert.IsType<TypedAddress.Unclear>(AddressNormaliser.Normalise("https://example.test/" + new string('a', 100_000)));
        Assert.IsType<TypedAddress.Unclear>(AddressNormaliser.Normalise(new string('(', 100_000)));
    }

    [Theory]
    [InlineData("http://example.test/", "https://example.test/")]
    [InlineData("https://example.test/a", "https://example.test/A")]
    [InlineData("https://example.test/a", "https://example.test/a/")]
    [InlineData("https://example.test/a?x=1&y=2", "https://example.test/a?y=2&x=1")]
    [InlineData("https://example.test/a%2Fb", "https://example.test/a/b")]
    [InlineData("https://example.test/", "https://www.example.test/")]
    [InlineData("https://jan@example.test/", "https://ewa@example.test/")]
    [InlineData("https://аррӏе.test/", "https://apple.test/")]
    [InlineData("somebody", "Somebody")]
    public void Different_addresses_have_different_keys(string one, string other) =>
        Assert.NotEqual(AddressNormaliser.Normalise(one).Key, AddressNormaliser.Normalise(other).Key);

    [Fact]
    public void A_typed_address_never_shows_itself()
    {
        Assert.DoesNotContain("example", AddressNormaliser.Normalise("https://example.test/secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", AddressNormaliser.Normalise("somebody").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_typed_makes_it_fail() => Prop.ForAll<string?>(typed => AddressNormaliser.Normalise(typed) is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_that_resembles_an_address_makes_it_fail_and_a_second_pass_changes_nothing() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Junk().ToArbitrary(), typed =>
        {
            var once = AddressNormaliser.Normalise(typed);
            var twice = AddressNormaliser.Normalise(once.Canonical.Reveal());
            return once is not (TypedAddress.Web or TypedAddress.Onion)
                || (twice.GetType() == once.GetType() && twice.Canonical == once.Canonical && twice.Key.SequenceEqual(once.Key));
        }));

    [Fact]
    public void Every_spelling_of_an_address_has_its_key() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Good().ToArbitrary(), Spelling().ToArbitrary(), (address, respell) =>
            AddressNormaliser.Normalise(respell(address)).Key.SequenceEqual(AddressNormaliser.Normalise(address).Key)));

    [Fact]
    public void Another_path_is_another_key() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Good().ToArbitrary(), Good().ToArbitrary(), (one, other) =>
            one == other || !AddressNormaliser.Normalise(one).Key.SequenceEqual(AddressNormaliser.Normalise(other).Key)));

    private static Gen<string> Junk() =>
        from pieces in Gen.Elements(
            "http", "https", ":", "//", "/", "example", ".test", "EXAMPLE.TEST", "%", "%2e", "%41", "%zz", "%25", "..", "/./", "/../", "?", "#", "@", "[", "]", "(", ")",
            "\\", "\"", "'", "<", ">", ",", ".", ";", " ", "\t", "\n", "\0", "\u200B", "\u202E", "．", "。", "／", "：", "ａ", "①", "ß", "ł", "xn--", "127.1", "0x7f", "::1",
            "javascript:", "data:", "\uD83D", "\uDE00", "\U0001F600", "-", "_", "~", "&", "=", ":80", ":443", ":99999", "hxxp", "[.]", "%E2%80%8B", "%00", "view-source:").ListOf()
        select string.Concat(pieces);

    /// <summary>Addresses in their one spelling.</summary>
    private static Gen<string> Good() =>
        from scheme in Gen.Elements("http", "https")
        from host in Gen.Elements("example.test", "a-b.example", "xn--za-6ja4f8n1l.example", "192.0.2.7", "[2001:db8::1]", "localhost")
        from port in Gen.Elements("", ":8080")
        from path in Gen.Elements("a", "B", "0", "-", "~", "%C5%BC", "%2F", "x.y").ListOf()
        from query in Gen.Elements("", "?q=1", "?a=b&c=%26")
        select $"{scheme}://{host}{port}/{string.Join('/', path)}{query}";

    private static Gen<Func<string, string>> Spelling() => Gen.Elements<Func<string, string>>(
        a => $"  {a}\t",
        a => $"<{a}>",
        a => $"“{a}”",
        a => $"«{a}»",
        a => $"see {a}, please",
        a => a + "#fragment",
        a => a.Insert(a.Length / 2, "\u200B"),
        a => "\u202A" + a + "\u202C",
        a => a.Replace("http", "HtTp", StringComparison.Ordinal),
        a => a.Replace("http", "hxxp", StringComparison.Ordinal),
        a => a.Replace("://", ":", StringComparison.Ordinal),
        a => a.Replace("example", "EXAMPLE", StringComparison.Ordinal),
        a => a.Replace("xn--za-6ja4f8n1l", "ZAŻÓŁĆ", StringComparison.Ordinal),
        a => a.Replace("example", "ｅｘａｍｐｌｅ", StringComparison.Ordinal),
        a => a.Replace(".test", "[.]test", StringComparison.Ordinal),
        a => a.Replace(".test", "。test", StringComparison.Ordinal),
        a => a.Replace("192.0.2.7", "0300.0.519", StringComparison.Ordinal),
        a => a.Replace("192.0.2.7", "0xC0000207", StringComparison.Ordinal),
        a => a.Replace("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", StringComparison.Ordinal),
        a => a.Replace("%C5%BC", "ż", StringComparison.Ordinal),
        a => a.Replace("%2F", "%2f", StringComparison.Ordinal),
        a => a.Replace("~", "%7e", StringComparison.Ordinal),
        a => a.Replace("/B", "/./B", StringComparison.Ordinal),
        a => a.Replace("/0", "/x/../0", StringComparison.Ordinal),
        a => a.StartsWith("https", StringComparison.Ordinal) ? Regex(a, ":443") : Regex(a, ":80"));

    private static string Regex(string address, string port)
    {
        var path = address.IndexOf('/', address.IndexOf("//", StringComparison.Ordinal) + 2);
        return address.Contains(":8080", StringComparison.Ordinal) ? address : address.Insert(path, port);
    }
}
