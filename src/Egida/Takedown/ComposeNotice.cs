using System.Globalization;
using System.Reflection;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Mail;

namespace Egida.Takedown;

/// <summary>
/// The letter to a provider: a human part in the country's words with the four elements of DSA art. 16(2), the feedback report (RFC 5965 with
/// type xarf) and XARF as JSON. The Message-ID is the notice's id, so every attempt to send it carries the same one.
/// </summary>
internal static class ComposeNotice
{
    private static readonly string Version = typeof(ComposeNotice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <param name="chain">The first notice of the chain, when this is a reminder.</param>
    /// <param name="earlier">When an attempt began whose outcome is unknown: the letter says that it may be a second copy.</param>
    public static MailMessage Compose(NoticeFacts facts, Letters.ToProvider letter, Institution institution, MailBox from, MailBox to, NoticeId? chain, DateTime? earlier)
    {
        var values = Values(facts, institution, earlier);
        var text = Letters.Fill(letter.Body, values);
        var subject = Letters.Fill(facts.Reminder == 0 ? letter.Subject : letter.ReminderSubject, values);
        List<KeyValuePair<string, string>> headers = [new("Auto-Submitted", "auto-generated"), new("X-XARF", "v4")];
        if (chain is { } first && first != facts.Id)
        {
            headers.Add(new("In-Reply-To", $"<{MessageId(first, institution)}>"));
            headers.Add(new("References", $"<{MessageId(first, institution)}>"));
        }

        if (earlier is not null)
        {
            text = Letters.Fill(letter.Duplicate, values) + "\n" + text;
            subject = $"[possible duplicate] {subject}";
            headers.Add(new("X-Egida-Possible-Duplicate-Of", $"<{MessageId(facts.Id, institution)}>"));
        }

        var feedback = $"Feedback-Type: xarf\nUser-Agent: Egida/{Version}\nVersion: 1\n";
        return new MailMessage(
            from, to, subject, MessageId(facts.Id, institution), facts.At,
            [
                MailPart.Text(text + "\n"),
                new MailPart("message/feedback-report", Encoding.ASCII.GetBytes(feedback), PartEncoding.SevenBit),
                new MailPart("application/json", Encoding.UTF8.GetBytes(XarfReport.Compose(facts, institution)), PartEncoding.Base64, "xarf.json"),
            ],
            "feedback-report")
        {
            Headers = headers,
        };
    }

    public static string MessageId(NoticeId id, Institution institution) => $"{id}@{institution.Domain}";

    private static Dictionary<string, string> Values(NoticeFacts facts, Institution institution, DateTime? earlier) => new()
    {
        ["number"] = facts.Number,
        ["reminder"] = facts.Reminder.ToString(CultureInfo.InvariantCulture),
        ["date"] = Minute(facts.At),
        ["earlier"] = earlier is { } at ? Minute(at) : "",
        ["classification"] = facts.Classification,
        ["detection"] = facts.Detection is DetectionMethod.HashMatch ? "hash_match" : "manual_review",
        ["url"] = facts.Url.Reveal(),
        ["ip"] = facts.Ip?.ToString() ?? "-",
        ["seen"] = Minute(facts.SeenAt),
        ["hashes"] = facts.Files.Count == 0 ? "-" : string.Join('\n', facts.Files.Select(f => $"- {f.Sha256}")),
        ["institution"] = institution.Name,
        ["englishInstitution"] = institution.EnglishName,
        ["postalAddress"] = institution.PostalAddress,
        ["mail"] = institution.Mail,
        ["phone"] = institution.Phone,
    };

    private static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
