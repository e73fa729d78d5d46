using System.Net;
using System.Text.Json.Nodes;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform;
using Egida.Takedown;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Takedown;

/// <summary>Every report that a notice can hold, judged by XARF's published schemas.</summary>
public sealed class XarfSchemaTests
{
    private static readonly Institution Institution = Institution.Of(new CountryFolder(new ConfigurationBuilder().Build()));

    [Fact]
    public void Whatever_is_known_or_not_known_of_an_item_the_report_is_valid()
    {
        var some = from url in Gen.Elements(
                       "https://pictures.provider.example/a/1?x=y", "http://192.0.2.17:8080/x", "http://[2001:db8::17]/x", "https://xn--krw-1na.provider.example/%C5%BC",
                       "https://a_b.provider.example/", "https://provider.example:65535/a;b?c=d%20e#f")
                   from ip in Gen.Elements<string?>(null, "192.0.2.17", "2001:db8::17")
                   from country in Gen.Elements<string?>(null, "PL", "pl", "", "XXX")
                   from asn in Gen.Elements<long?>(null, 0, 1, 64500, uint.MaxValue, uint.MaxValue + 1L, -1)
                   from provider in Gen.Elements<string?>(null, "", "Przykładowy Hosting sp. z o.o.", new string('x', 500))
                   from code in Gen.Elements("baseline", "A1", "A2", "B1", "B2")
                   from found in Gen.Elements(DetectionMethod.HashMatch, DetectionMethod.ManualReview)
                   from files in Gen.Choose(0, 3)
                   from md5 in Gen.Elements(true, false)
                   select Facts(url, ip, country, asn, provider, code, found, files, md5);

        Prop.ForAll(some.ToArbitrary(), facts => Assert.Empty(XarfJudge.Objections(XarfReport.Compose(facts, Institution)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_institution_with_a_very_long_name_still_sends_valid_reports() =>
        Assert.Empty(XarfJudge.Objections(XarfReport.Compose(Some, Institution with { EnglishName = new string('n', 300) })));

    /// <summary>A judge that accepts everything would prove nothing.</summary>
    [Theory]
    [InlineData("url", null)]
    [InlineData("classification", "A3")]
    [InlineData("type", "phishing")]
    [InlineData("report_id", "EG-N-2026-000001")]
    [InlineData("timestamp", "2026-11-02 08:00")]
    [InlineData("country_code", "pl")]
    [InlineData("source_port", 0)]
    [InlineData("confidence", 1.5)]
    public void The_schemas_object_to_a_spoilt_report(string field, object? value)
    {
        var report = JsonNode.Parse(XarfReport.Compose(Some, Institution))!.AsObject();
        report.Remove(field);
        if (value is not null)
        {
            report[field] = value switch { string text => text, int number => number, _ => (double)value };
        }

        Assert.NotEmpty(XarfJudge.Objections(report.ToJsonString()));
    }

    private static NoticeFacts Some => Facts("https://pictures.provider.example/a/1", "192.0.2.17", "PL", 64500, "Provider Ltd", "B1", DetectionMethod.ManualReview, 2, true);

    private static NoticeFacts Facts(string url, string? ip, string? country, long? asn, string? provider, string code, DetectionMethod found, int files, bool md5) => new(
        new NoticeId(Guid.Parse("019a0000-0000-7000-8000-000000000001")), "EG-N-2026-000007", new ReportedAddress(url), new Uri(url).IdnHost,
        ip is null ? null : IPAddress.Parse(ip), country, asn, provider, code, found, new DateTime(2026, 11, 2, 7, 30, 0, DateTimeKind.Utc), null,
        [.. Enumerable.Range(0, files).Select(i => new FileHashes(md5 ? new string('a', 32) : null, md5 ? new string('b', 40) : null, new string((char)('c' + i), 64)))]);
}
