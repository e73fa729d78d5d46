using System.Text;
using Egida.Intake.Addresses;
using Egida.Tracing.Rdap;

namespace Egida.Tests.Tracing.Rdap;

public sealed class RdapDomainTests
{
    private const string Answer = """
        {
          "objectClassName": "domain", "ldhName": "WZOR.example",
          "entities": [
            { "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "somebody@wzor.example"]]] },
            { "roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "Rejestrator"]]],
              "entities": [{ "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "abuse@rejestrator.example"]]] }] }
          ]
        }
        """;

    [Fact]
    public void The_registrar_and_its_own_desk_are_read_and_no_other() =>
        Assert.Equal(new RdapDomain("wzor.example", "Rejestrator", "abuse@rejestrator.example"), Parse(Answer));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"objectClassName\":\"domain\"}")]
    [InlineData("{\"objectClassName\":\"domain\",\"ldhName\":\"other.example\"}")]
    [InlineData("{\"objectClassName\":\"ip network\",\"ldhName\":\"wzor.example\"}")]
    public void What_is_no_answer_about_that_name_is_refused(string json) => Assert.Null(Parse(json));

    [Theory]
    [InlineData("a.b.c.example", "c.example")]
    [InlineData("c.example", "c.example")]
    [InlineData("example", null)]
    [InlineData("www.a.com.pl", "a.com.pl")]
    [InlineData("com.pl", null)]
    [InlineData("www.a.pl", "a.pl")]
    public void The_registered_name_is_one_label_below_the_registry(string host, string? name) => Assert.Equal(name, PublicSuffixes.RegisteredName(host));

    [Fact]
    public void The_registry_of_a_name_is_the_one_of_its_longest_ending()
    {
        var file = RdapBootstrap.Parse(Encoding.UTF8.GetBytes(
            """{ "services": [[["example"], ["https://wide.example/"]], [["b.example"], ["https://narrow.example/"]]] }"""));
        Assert.Equal("https://narrow.example/", file.ServerOf("a.b.example")?.ToString());
        Assert.Equal("https://wide.example/", file.ServerOf("ab.example")?.ToString());
        Assert.Null(file.ServerOf("a.test"));
    }

    private static RdapDomain? Parse(string json) => RdapDomain.Parse(Encoding.UTF8.GetBytes(json), "wzor.example");
}
