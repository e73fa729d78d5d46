using Egida.Access;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Access;

public sealed class PublicSiteTests
{
    [Theory]
    [InlineData("https://hotline.example/", "https://hotline.example", true)]
    [InlineData("https://hotline.example/", "https://hotline.example:443", true)]
    [InlineData("https://hotline.example/", "https://hotline.example:8443", false)]
    [InlineData("https://hotline.example/", "http://hotline.example", false)]
    [InlineData("https://hotline.example/", "https://staff.hotline.example", false)]
    [InlineData("https://hotline.example/", "https://hotline.example.attacker.example", false)]
    [InlineData("https://hotline.example/", "null", false)]
    [InlineData("https://hotline.example/", "", false)]
    [InlineData(null, "http://localhost:8480", true)]
    [InlineData(null, "https://localhost", true)]
    [InlineData(null, "http://127.0.0.1:8480", false)]
    [InlineData(null, "ftp://localhost", false)]
    [InlineData(null, "http://localhost.attacker.example", false)]
    public void A_passkey_is_only_taken_from_a_page_of_ours(string? setting, string origin, bool own) => Assert.Equal(own, Of(setting).IsOwn(origin));

    [Theory]
    [InlineData("https://hotline.example/", "hotline.example")]
    [InlineData("https://hotline.example:8443", "hotline.example")]
    [InlineData("http://localhost:8480/", "localhost")]
    [InlineData(null, "localhost")]
    public void Passkeys_are_bound_to_the_host_that_the_operator_named(string? setting, string domain) => Assert.Equal(domain, Of(setting).Domain);

    [Theory]
    [InlineData("hotline.example")]
    [InlineData("http://hotline.example/")]
    [InlineData("https://192.0.2.7/")]
    [InlineData("https://hotline.example/staff")]
    [InlineData("https://somebody@hotline.example/")]
    public void An_address_that_passkeys_can_not_be_bound_to_stops_the_start_with_a_sentence(string setting) =>
        Assert.Contains("such as https://hotline.example/", Assert.Throws<InvalidOperationException>(() => Of(setting)).Message, StringComparison.Ordinal);

    private static PublicSite Of(string? setting) =>
        PublicSite.Of(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [PublicSite.Setting] = setting }).Build());
}
