using Egida.Blocking;

namespace Egida.Tests.Blocking;

public sealed class DomainRulesTests
{
    private static readonly SuffixRules Suffixes = SuffixRules.Of(
    [
        "// a comment", "", "pl", "com.pl", "*.kawasaki.jp", "!city.kawasaki.jp", "jp", "com", "uk", "co.uk", "example",
        "// private", "sites.platform.example", "github.io", "公司.cn   // after it",
    ]);

    private static readonly BlockingTerms Terms = new(90, 7, 14, 48, 15, 300, 24, 7, 40, [],
        Protected: ["gov.pl"], Providers: ["cloud.example"], SharedByName: ["blogs.example"], SharedByPath: ["pastes.example"]);

    [Theory]
    [InlineData("pictures.com.pl", null)]
    [InlineData("a.pictures.com.pl", null)]
    [InlineData("com.pl", DomainProblem.PublicSuffix)]
    [InlineData("anything.kawasaki.jp", DomainProblem.PublicSuffix)]
    [InlineData("kawasaki.jp", DomainProblem.AboveSuffix)]
    [InlineData("city.kawasaki.jp", null)]
    [InlineData("x.anything.kawasaki.jp", null)]
    [InlineData("github.io", DomainProblem.PublicSuffix)]
    [InlineData("somebody.github.io", null)]
    [InlineData("platform.example", DomainProblem.AboveSuffix)]
    [InlineData("sites.platform.example", DomainProblem.PublicSuffix)]
    [InlineData("one.sites.platform.example", null)]
    [InlineData("xn--55qx5d.cn", DomainProblem.PublicSuffix)]
    [InlineData("blogs.example", DomainProblem.Shared)]
    [InlineData("one.blogs.example", null)]
    [InlineData("pastes.example", DomainProblem.Shared)]
    [InlineData("www.pastes.example", DomainProblem.Shared)]
    [InlineData("hotline.test", DomainProblem.Own)]
    [InlineData("stop.hotline.test", DomainProblem.Own)]
    [InlineData("www.gov.pl", DomainProblem.Protected)]
    [InlineData("gov.pl", DomainProblem.Protected)]
    [InlineData("cdn.cloud.example", DomainProblem.Provider)]
    [InlineData("notcloud.example", null)]
    public void Nobody_else_is_hit(string name, DomainProblem? problem) =>
        Assert.Equal(problem, DomainRules.Decide(name, ["stop.hotline.test"], Terms, Suffixes));

    [Fact]
    public void Without_the_list_of_suffixes_nothing_can_be_listed() =>
        Assert.Equal(DomainProblem.SuffixesUnknown, DomainRules.Decide("pictures.com.pl", [], Terms, null));

    [Fact]
    public void A_list_of_suffixes_that_is_missing_or_cut_short_counts_as_none()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "com\n");

        Assert.Null(SuffixRules.Read(file));
        Assert.Null(SuffixRules.Read(file + ".none"));
        File.Delete(file);
    }

    [Theory]
    [InlineData("co.uk", true)]
    [InlineData("com.pl", true)]
    [InlineData("city.kawasaki.jp", false)]
    [InlineData("c.kobe.jp", true)]
    [InlineData("www.ck", false)]
    [InlineData("test.ck", true)]
    [InlineData("blogspot.com", true)]
    [InlineData("example.com", false)]
    [InlineData("amazonaws.com", false)]
    public void Mozillas_list_is_read_as_its_own_examples_say(string name, bool isSuffix) => Assert.Equal(isSuffix, SuffixRules.Read(SuffixRules.DefaultPath)!.IsSuffix(name));

    [Fact]
    public void Platforms_whose_customers_are_below_are_found_by_it() => Assert.True(SuffixRules.Read(SuffixRules.DefaultPath)!.HasSuffixBelow("amazonaws.com"));
}
