using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Mail;
using Egida.Takedown;
using Egida.Tests.Platform.Mail;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Takedown;

public sealed class NoticeTests
{
    private static readonly CountryFolder Country = new(new ConfigurationBuilder().Build());
    private static readonly Institution Institution = Institution.Of(Country);
    private static readonly MailBox To = MailBox.Parse("abuse@provider.example")!;
    private static readonly NoticeId Id = new(Guid.Parse("019a0000-0000-7000-8000-000000000001"));

    private static readonly NoticeFacts Facts = new(
        Id, "EG-N-2026-000007", 0, new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc), new ReportedAddress("https://pictures.provider.example/a/1?x=y"), "pictures.provider.example",
        IPAddress.Parse("192.0.2.17"), "PL", 64500, "Provider Ltd", "B1", DetectionMethod.ManualReview, new DateTime(2026, 11, 2, 7, 30, 0, DateTimeKind.Utc),
        [new FileHashes(new string('a', 32), new string('b', 40), new string('c', 64)), new FileHashes(null, null, new string('d', 64))]);

    [Fact]
    public void The_json_part_has_every_field_that_XARF_4_requires()
    {
        var json = Xarf(Facts);
        Assert.Matches(@"^4\.\d+\.\d+$", Text(json, "xarf_version"));
        Assert.True(Guid.TryParse(Text(json, "report_id"), out _));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", Text(json, "timestamp"));
        foreach (var who in new[] { "reporter", "sender" })
        {
            Assert.Equal(["org", "contact", "domain"], json[who]!.AsObject().Select(p => p.Key));
            Assert.NotNull(MailBox.Parse(json[who]!["contact"]!.GetValue<string>()));
            Assert.InRange(json[who]!["org"]!.GetValue<string>().Length, 1, 200);
        }

        Assert.Equal(("192.0.2.17", "content", "csam"), (Text(json, "source_identifier"), Text(json, "category"), Text(json, "type")));
        Assert.Equal("https://pictures.provider.example/a/1?x=y", Text(json, "url"));
        Assert.Equal(("B1", "manual_review"), (Text(json, "classification"), Text(json, "detection_method")));
    }

    [Fact]
    public void The_recommended_fields_that_are_known_are_there()
    {
        var json = Xarf(Facts);
        Assert.Equal(("pictures.provider.example", "PL", "Provider Ltd"), (Text(json, "domain"), Text(json, "country_code"), Text(json, "hosting_provider")));
        Assert.Equal(64500, json["asn"]!.GetValue<long>());
        Assert.Equal(443, json["source_port"]!.GetValue<int>());
        Assert.Equal(("manual", "2026-11-02T07:30:00Z"), (Text(json, "verification_method"), Text(json, "verified_at")));
        Assert.Equal(new string('c', 64), json["hash_values"]!["sha256"]!.GetValue<string>());
        Assert.True(Text(json, "description").Length <= 1000);
    }

    [Fact]
    public void What_is_not_known_is_left_out_rather_than_guessed()
    {
        var json = Xarf(Facts with { Url = new ReportedAddress("http://192.0.2.17:8080/x"), Ip = null, CountryCode = null, AutonomousSystem = null, Provider = null, Files = [] });
        Assert.Equal("192.0.2.17", Text(json, "source_identifier"));
        Assert.Equal(8080, json["source_port"]!.GetValue<int>());
        foreach (var absent in new[] { "domain", "country_code", "asn", "hosting_provider", "hash_values", "media_type" })
        {
            Assert.False(json.ContainsKey(absent), absent);
        }
    }

    [Fact]
    public void No_notice_can_hold_the_content()
    {
        Assert.DoesNotContain(typeof(NoticeFacts).GetProperties(), p => p.PropertyType == typeof(byte[]) || typeof(Stream).IsAssignableFrom(p.PropertyType));
        var json = Xarf(Facts);
        foreach (var forbidden in new[] { "evidence", "screenshot_url", "_internal" })
        {
            Assert.False(json.ContainsKey(forbidden), forbidden);
        }

        var parts = Mail(Facts)["parts"]!.AsArray().Select(p => p!["type"]!.GetValue<string>());
        Assert.Equal(["text/plain", "message/feedback-report", "application/json"], parts);
    }

    [Fact]
    public void A_classification_that_XARF_does_not_know_is_refused() =>
        Assert.Throws<ArgumentException>(() => XarfReport.Compose(Facts with { Classification = "A" }, Institution));

    [Fact]
    public void The_feedback_part_names_type_agent_and_version() =>
        Assert.Matches("\n\nFeedback-Type: xarf\nUser-Agent: Egida/[0-9.]+\nVersion: 1\n", Mail(Facts)["parts"]![1]!["text"]!.GetValue<string>());

    [Fact]
    public void The_human_part_has_the_four_elements_of_article_16_in_two_languages()
    {
        var text = Mail(Facts)["parts"]![0]!["text"]!.GetValue<string>();
        Assert.Contains("art. 202 Kodeksu karnego", text);
        Assert.Contains("Article 202 of the Polish Penal Code", text);
        Assert.Equal(2, Regex.Count(text, Regex.Escape("https://pictures.provider.example/a/1?x=y")));
        Assert.Equal(2, Regex.Count(text, new string('d', 64)));
        Assert.Contains(Institution.Name, text);
        Assert.Contains(Institution.EnglishName, text);
        Assert.Contains("w dobrej wierze", text);
        Assert.Contains("in good faith", text);
        Assert.Contains("EG-N-2026-000007", text);
        Assert.DoesNotContain("{", text);
    }

    [Fact]
    public void The_address_is_in_no_header() =>
        Assert.DoesNotContain(Mail(Facts)["headers"]!.AsArray(), h => h![1]!.GetValue<string>().Contains("pictures", StringComparison.Ordinal));

    [Fact]
    public void A_repeat_has_the_same_identity_and_says_that_it_may_be_a_second_copy()
    {
        var (first, second) = (Mail(Facts), Mail(Facts, earlier: Facts.At.AddMinutes(-5)));
        Assert.Equal($"<{Id}@egida.example>", first.Header("Message-Id"));
        Assert.Equal(first.Header("Message-Id"), second.Header("Message-Id"));
        Assert.StartsWith("[possible duplicate] [EG-N-2026-000007]", second.Header("Subject"), StringComparison.Ordinal);
        Assert.Equal(first.Header("Message-Id"), second.Header("X-Egida-Possible-Duplicate-Of"));
        Assert.StartsWith("UWAGA: możliwy duplikat zgłoszenia EG-N-2026-000007. Poprzednia próba wysłania (z dnia 2026-11-02 07:55 UTC)", second["parts"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("duplicate", first["parts"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void A_reminder_has_its_own_identity_and_refers_to_the_first_notice()
    {
        var reminder = new NoticeId(Guid.Parse("019a0000-0000-7000-8000-000000000002"));
        var mail = PythonMail.Read(ComposeMessage.Compose(ComposeNotice.Compose(
            Facts with { Id = reminder, Reminder = 1 }, Letters.Of(Country).Provider, Institution, Institution.MailBox, To, Id, null)));
        Assert.Equal($"<{reminder}@egida.example>", mail.Header("Message-Id"));
        Assert.Equal($"<{Id}@egida.example>", mail.Header("In-Reply-To"));
        Assert.Contains("Reminder (1)", mail.Header("Subject"));
    }

    [Fact]
    public void Braces_in_an_address_are_not_filled_again() =>
        Assert.Contains("https://provider.example/{mail}", Mail(Facts with { Url = new ReportedAddress("https://provider.example/{mail}") })["parts"]![0]!["text"]!.GetValue<string>());

    private static string Text(JsonObject json, string name) => json[name]!.GetValue<string>();

    private static JsonObject Xarf(NoticeFacts facts) => JsonNode.Parse(XarfReport.Compose(facts, Institution))!.AsObject();

    private static JsonNode Mail(NoticeFacts facts, DateTime? earlier = null) =>
        PythonMail.Read(ComposeMessage.Compose(ComposeNotice.Compose(facts, Letters.Of(Country).Provider, Institution, Institution.MailBox, To, facts.Id, earlier)));
}
