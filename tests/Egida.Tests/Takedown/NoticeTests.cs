using System.Net;
using System.Text;
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

    private static readonly NoticeLetterId Letter = new(Guid.Parse("019a0000-0000-7000-8000-000000000009"));
    private static readonly DateTime At = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);

    private static readonly NoticeFacts Facts = new(
        Id, "EG-N-2026-000007", new ReportedAddress("https://pictures.provider.example/a/1?x=y"), "pictures.provider.example",
        IPAddress.Parse("192.0.2.17"), "PL", 64500, "Provider Ltd", "B1", DetectionMethod.ManualReview, new DateTime(2026, 11, 2, 7, 30, 0, DateTimeKind.Utc), null,
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
        var (first, second) = (Mail(Facts), Mail(Facts, earlier: At.AddMinutes(-5)));
        Assert.Equal($"<{Letter}@egida.example>", first.Header("Message-Id"));
        Assert.Equal(first.Header("Message-Id"), second.Header("Message-Id"));
        Assert.StartsWith("[possible duplicate] [EG-N-2026-000007]", second.Header("Subject"), StringComparison.Ordinal);
        Assert.Equal(first.Header("Message-Id"), second.Header("X-Egida-Possible-Duplicate-Of"));
        Assert.StartsWith("UWAGA: możliwy duplikat zgłoszenia EG-N-2026-000007. Poprzednia próba wysłania (z dnia 2026-11-02 07:55 UTC)", second["parts"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("duplicate", first["parts"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void A_reminder_has_its_own_identity_and_refers_to_the_first_notice()
    {
        var reminder = new NoticeLetterId(Guid.Parse("019a0000-0000-7000-8000-000000000010"));
        var mail = Mail(new LetterFacts(reminder, At, 1, [Facts], [Letter], null, null, At));
        Assert.Equal($"<{reminder}@egida.example>", mail.Header("Message-Id"));
        Assert.Equal($"<{Letter}@egida.example>", mail.Header("In-Reply-To"));
        Assert.Contains("Reminder (1)", mail.Header("Subject"));
    }

    [Fact]
    public void A_letter_with_several_addresses_names_each_and_has_a_report_for_each_in_three_parts()
    {
        var others = Enumerable.Range(2, 3).Select(i => Facts with { Id = new NoticeId(Guid.Parse($"019a0000-0000-7000-8000-00000000000{i}")), Number = $"EG-N-2026-00000{i}", Url = new ReportedAddress($"https://pictures.provider.example/b/{i}") });
        var raw = Raw(new LetterFacts(Letter, At, 0, [Facts, .. others], [], null, null, At));
        var mail = PythonMail.Read(raw);
        Assert.StartsWith("[EG-N-2026-000007] (+3) ", mail.Header("Subject"), StringComparison.Ordinal);
        Assert.Equal(["text/plain", "message/feedback-report", "multipart/mixed"], mail["parts"]!.AsArray().Select(p => p!["type"]!.GetValue<string>()));
        var text = mail["parts"]![0]!["text"]!.GetValue<string>();
        Assert.All(others, o => Assert.Equal(2, Regex.Count(text, Regex.Escape(o.Url.Reveal()))));
        var reports = Egida.Simulators.MimePart.Read(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).ReplaceLineEndings("\r\n"))).All.Where(p => p.MediaType == "application/json").ToList();
        Assert.Equal(["xarf-1.json", "xarf-2.json", "xarf-3.json", "xarf-4.json"], reports.Select(r => r.FileName));
        Assert.All(reports, r => Assert.Empty(XarfJudge.Objections(r.Text)));
        Assert.Equal(4, reports.Select(r => JsonNode.Parse(r.Text)!["url"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public void A_claim_that_was_not_true_is_said_in_the_reminder_and_only_there()
    {
        var text = Mail(Facts with { ClaimedAt = At.AddHours(-3) })["parts"]![0]!["text"]!.GetValue<string>();
        Assert.Contains("Dnia 2026-11-02 05:00 UTC odpowiedzieli Państwo, że treści już tam nie ma. Sprawdziliśmy ponownie 2026-11-02 07:30 UTC: nadal tam jest.", text);
        Assert.Contains("On 2026-11-02 05:00 UTC you answered that it is gone. We looked again at 2026-11-02 07:30 UTC: it is still there.", text);
        Assert.DoesNotContain("you answered", Mail(Facts)["parts"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void The_page_is_named_where_there_is_one()
    {
        var with = new LetterFacts(Letter, At, 0, [Facts], [], new Uri("https://hotline.example/pl/notice/abc"), new Uri("https://hotline.example/en/notice/abc"), At.AddDays(30));
        var text = Mail(with)["parts"]![0]!["text"]!.GetValue<string>();
        Assert.Contains("(link ważny do 2026-12-02 08:00 UTC): https://hotline.example/pl/notice/abc", text);
        Assert.Contains("(the link is valid until 2026-12-02 08:00 UTC): https://hotline.example/en/notice/abc", text);
        Assert.DoesNotContain("link", Mail(Facts)["parts"]![0]!["text"]!.GetValue<string>());
    }

    /// <summary>What a signer signs (RFC 6376) must be there once, and nothing on the way may have a reason to rewrite it.</summary>
    [Fact]
    public void The_letter_can_be_signed_with_DKIM_and_arrives_as_it_was_signed()
    {
        var mail = Mail(Facts);
        foreach (var signed in new[] { "From", "To", "Subject", "Date", "Message-Id", "MIME-Version", "Content-Type", "Auto-Submitted" })
        {
            Assert.Single(mail.HeaderNames(), h => h.Equals(signed, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Empty(mail["defects"]!.AsArray());
        Assert.EndsWith("@egida.example>", mail.Header("Message-Id"), StringComparison.Ordinal);
        var raw = Raw(Of(Facts));
        Assert.DoesNotContain(raw, b => b >= 0x80 || b == (byte)'\r');
        Assert.All(Encoding.ASCII.GetString(raw).Split('\n'), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public void The_same_letter_has_the_same_bytes_each_time() => Assert.Equal(Raw(Of(Facts)), Raw(Of(Facts)));

    [Fact]
    public void Braces_in_an_address_are_not_filled_again() =>
        Assert.Contains("https://provider.example/{mail}", Mail(Facts with { Url = new ReportedAddress("https://provider.example/{mail}") })["parts"]![0]!["text"]!.GetValue<string>());

    private static string Text(JsonObject json, string name) => json[name]!.GetValue<string>();

    private static JsonObject Xarf(NoticeFacts facts) => JsonNode.Parse(XarfReport.Compose(facts, Institution))!.AsObject();

    private static LetterFacts Of(NoticeFacts facts) => new(Letter, At, 0, [facts], [], null, null, At);

    private static JsonNode Mail(NoticeFacts facts, DateTime? earlier = null) => PythonMail.Read(Raw(Of(facts), earlier));

    private static JsonNode Mail(LetterFacts letter) => PythonMail.Read(Raw(letter));

    private static byte[] Raw(LetterFacts letter, DateTime? earlier = null) =>
        ComposeMessage.Compose(ComposeNotice.Compose(letter, Letters.Of(Country).Provider, Institution, Institution.MailBox, To, earlier));
}
