using System.Net;
using System.Text;
using Egida.Tracing.Rdap;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Tracing.Rdap;

public sealed class RdapNetworkTests
{
    private const string Answer = """
        {
          "objectClassName": "ip network", "handle": "NET-X", "name": "WZOR", "country": "pl",
          "startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "arin_originas0_originautnums": [64999],
          "entities": [
            { "roles": ["technical"], "vcardArray": ["vcard", [["fn", {}, "text", "NOC"], ["email", {}, "text", "noc@wzor.example"]]] },
            { "roles": ["registrant"], "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Wzorcowy Hosting"]]],
              "entities": [
                { "roles": ["administrative"],
                  "entities": [{ "roles": ["noc", "Abuse"], "vcardArray": ["vcard", [["email", {}, "text", "REDACTED FOR PRIVACY"], ["email", { "type": "work" }, "text", "abuse@wzor.example"]]] }] }
              ] }
          ]
        }
        """;

    [Fact]
    public void Handle_country_number_holder_and_the_nested_abuse_mail_are_read() => Assert.Equal(
        new RdapNetwork("NET-X", "WZOR", "PL", 64999, "Wzorcowy Hosting", "abuse@wzor.example", IPAddress.Parse("192.0.2.0"), IPAddress.Parse("192.0.2.255")),
        Parse(Answer));

    [Theory]
    [InlineData("REDACTED FOR PRIVACY")]
    [InlineData("Please query the RDDS service")]
    [InlineData("removed@lacnic.net")]
    [InlineData("not disclosed")]
    [InlineData("Abuse Desk <abuse@wzor.example>")]
    [InlineData("abuse@localhost")]
    [InlineData("a@b.example\\r\\nBcc: c@d.example")]
    [InlineData("abuse@wzor.example, other@wzor.example")]
    [InlineData("")]
    public void A_mail_that_is_withheld_or_no_plain_mailbox_is_none(string mail) =>
        Assert.Null(Parse(Answer.Replace("abuse@wzor.example", mail, StringComparison.Ordinal))?.AbuseMail);

    [Fact]
    public void The_nearest_abuse_desk_goes_before_a_deeper_one() => Assert.Equal("near@wzor.example", Parse(
        """
        { "handle": "X", "entities": [
          { "roles": ["registrant"], "entities": [{ "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "deep@wzor.example"]]] }] },
          { "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "near@wzor.example"]]] }] }
        """)?.AbuseMail);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"objectClassName\":\"domain\",\"handle\":\"X\"}")]
    [InlineData("{\"objectClassName\":\"ip network\"}")]
    [InlineData("{\"objectClassName\":\"ip network\",\"entities\":[{\"roles\":[\"ab")]
    [InlineData("<!doctype html>")]
    public void What_is_no_answer_about_a_network_is_refused(string text) => Assert.Null(Parse(text));

    [Theory]
    [InlineData("{\"handle\":\"X\",\"entities\":{}}")]
    [InlineData("{\"handle\":\"X\",\"entities\":[null,1,{\"roles\":\"abuse\"},{\"roles\":[1]},{\"roles\":[\"abuse\"],\"vcardArray\":[1,2]}]}")]
    [InlineData("{\"handle\":\"X\",\"entities\":[{\"roles\":[\"abuse\"],\"vcardArray\":[\"vcard\",[[],[\"email\"],[1,2,3,4],[\"email\",{},\"text\",{}]]]}]}")]
    public void Members_of_the_wrong_kind_are_passed_over(string text) => Assert.Equal("X", Parse(text)?.Handle);

    [Fact]
    public void No_broken_answer_is_an_error() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<ushort>(), ArbMap.Default.ArbFor<byte>(), (at, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Answer);
            bytes[at % bytes.Length] = value;
            _ = RdapNetwork.Parse(bytes);
            return true;
        }));

    [Fact]
    public void The_longest_prefix_and_https_choose_the_registry()
    {
        var bootstrap = RdapBootstrap.Parse(Encoding.UTF8.GetBytes(
            """
            { "services": [
              [["192.0.0.0/8", "2001:db8::/32"], ["http://wide.example/rdap/", "https://wide.example/rdap/"]],
              [["192.0.2.0/24"], ["https://narrow.example/rdap"]] ] }
            """));
        Assert.Equal("https://narrow.example/rdap/", bootstrap.ServerOf(IPAddress.Parse("192.0.2.1"))?.ToString());
        Assert.Equal("https://wide.example/rdap/", bootstrap.ServerOf(IPAddress.Parse("192.0.3.1"))?.ToString());
        Assert.Equal("https://wide.example/rdap/", bootstrap.ServerOf(IPAddress.Parse("2001:db8::1"))?.ToString());
        Assert.Null(bootstrap.ServerOf(IPAddress.Parse("10.0.0.1")));
        Assert.Throws<InvalidDataException>(() => RdapBootstrap.Parse("{\"services\":[[]]}"u8.ToArray()));
    }

    private static RdapNetwork? Parse(string text) => RdapNetwork.Parse(Encoding.UTF8.GetBytes(text));
}
