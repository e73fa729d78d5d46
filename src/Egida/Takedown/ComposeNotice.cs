using System.Globalization;
using System.Reflection;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Mail;

namespace Egida.Takedown;

/// <summary>
/// The letter to a provider: a part for people in the country's words with the four elements of DSA art. 16(2), the feedback report (RFC 5965 with type
/// xarf) and one XARF report for each address. The Message-ID is the letter's id, so every attempt to send it carries the same one.
/// </summary>
internal static class ComposeNotice
{
    /// <summary>Of the letters that a reminder names: a header line isn't a list of everything.</summary>
    private const int MostReferences = 10;

    private static readonly string Version = typeof(ComposeNotice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <param name="earlier">When an attempt began whose outcome is unknown: the letter says that it may be a second copy.</param>
    public static MailMessage Compose(LetterFacts facts, Letters.ToProvider letter, Institution institution, MailBox from, MailBox to, DateTime? earlier)
    {
        var values = Values(facts, letter, institution, earlier);
        var text = Fill(letter.Body, values);
        var subject = Letters.Fill(facts.Reminder == 0 ? letter.Subject : letter.ReminderSubject, values);
        List<KeyValuePair<string, string>> headers = [new("Auto-Submitted", "auto-generated"), new("X-XARF", "v4")];
        if (facts.Firsts.Count > 0)
        {
            var references = facts.Firsts.Take(MostReferences).Select(f => $"<{MessageId(f, institution)}>").ToList();
            headers.Add(new("In-Reply-To", references[0]));
            headers.Add(new("References", string.Join(' ', references)));
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
                Reports(facts, institution),
            ],
            "feedback-report")
        {
            Headers = headers,
        };
    }

    public static string MessageId(NoticeLetterId id, Institution institution) => $"{id}@{institution.Domain}";

    /// <summary>A report has three parts and no more (RFC 6522), so several addresses share the third.</summary>
    private static MailPart Reports(LetterFacts facts, Institution institution) => facts.Notices is [var only]
        ? Report(only, institution, "xarf.json")
        : MailPart.Mixed([.. facts.Notices.Select((notice, i) => Report(notice, institution, $"xarf-{i + 1}.json"))]);

    private static MailPart Report(NoticeFacts notice, Institution institution, string name) =>
        new("application/json", Encoding.UTF8.GetBytes(XarfReport.Compose(notice, institution)), PartEncoding.Base64, name);

    private static Dictionary<string, string> Values(LetterFacts facts, Letters.ToProvider letter, Institution institution, DateTime? earlier) => new()
    {
        ["number"] = facts.Notices[0].Number,
        ["more"] = facts.Notices.Count > 1 ? $" (+{facts.Notices.Count - 1})" : "",
        ["count"] = facts.Notices.Count.ToString(CultureInfo.InvariantCulture),
        ["reminder"] = facts.Reminder.ToString(CultureInfo.InvariantCulture),
        ["date"] = Minute(facts.At),
        ["earlier"] = earlier is { } at ? Minute(at) : "",
        ["places"] = string.Join("\n\n", facts.Notices.Select(n => Place(n, letter.Place, letter.Claimed))),
        ["englishPlaces"] = string.Join("\n\n", facts.Notices.Select(n => Place(n, letter.EnglishPlace, letter.EnglishClaimed))),
        ["page"] = Page(facts, letter.Page),
        ["englishPage"] = Page(facts, letter.EnglishPage),
        ["institution"] = institution.Name,
        ["englishInstitution"] = institution.EnglishName,
        ["postalAddress"] = institution.PostalAddress,
        ["mail"] = institution.Mail,
        ["phone"] = institution.Phone,
    };

    private static string Page(LetterFacts facts, string sentence) => facts is { Page: { } page, EnglishPage: { } english }
        ? Letters.Fill(sentence, new Dictionary<string, string> { ["link"] = page.AbsoluteUri, ["englishLink"] = english.AbsoluteUri, ["expires"] = Minute(facts.PageUntil) })
        : "";

    private static string Place(NoticeFacts notice, IReadOnlyList<string> lines, string claimed) => Fill(lines, new Dictionary<string, string>
    {
        ["number"] = notice.Number,
        ["classification"] = notice.Classification,
        ["detection"] = notice.Detection is DetectionMethod.HashMatch ? "hash_match" : "manual_review",
        ["url"] = notice.Url.Reveal(),
        ["ip"] = notice.Ip?.ToString() ?? "-",
        ["seen"] = Minute(notice.SeenAt),
        ["hashes"] = notice.Files.Count == 0 ? "-" : string.Join('\n', notice.Files.Select(f => $"- {f.Sha256}")),
        ["claimed"] = notice.ClaimedAt is { } at
            ? Letters.Fill(claimed, new Dictionary<string, string> { ["answered"] = Minute(at), ["seen"] = Minute(notice.SeenAt) })
            : "",
    });

    /// <summary>A line that is one brace only, with nothing to say, is no line.</summary>
    private static string Fill(IReadOnlyList<string> lines, Dictionary<string, string> values) =>
        Letters.Fill(lines.Where(l => !(l is ['{', .., '}'] && values.TryGetValue(l[1..^1], out var value) && value.Length == 0)), values);

    private static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
