using System.Text.Json;
using System.Text.RegularExpressions;
using Egida.Platform.Mail;

namespace Egida.Takedown.Answers;

/// <summary>What a received mail says, and what it names of ours. Nothing is looked up yet.</summary>
/// <param name="Letters">Of our Message-IDs, wherever they stand: In-Reply-To, References, a returned header, a quote.</param>
/// <param name="Numbers">`EG-N-2026-000123`.</param>
/// <param name="Reports">Ids of XARF reports that came back, and whether that says that the content was removed.</param>
/// <param name="Words">What was written above the quote; null for a program's.</param>
internal sealed partial record MailAnswer(
    NoticeAnswerKind Kind, string? Status, string? FromDomain, IReadOnlyList<NoticeLetterId> Letters, IReadOnlyList<string> Numbers, IReadOnlyDictionary<NoticeId, bool> Reports, string? Words)
{
    private const int MostNamed = 100;

    /// <returns>Null: it is one of our own letters, or only says that one was delivered.</returns>
    public static MailAnswer? Read(IncomingPart mail, string ownDomain)
    {
        var texts = mail.All.Where(p => p.Type.StartsWith("text/", StringComparison.Ordinal) || p.Type.StartsWith("message/", StringComparison.Ordinal)).Select(p => p.Text).ToList();
        var headers = mail.All.SelectMany(p => p.Headers.Values).SelectMany(v => v).ToList();
        var letters = headers.Concat(texts).SelectMany(t => LettersIn(t, ownDomain)).Distinct().Take(MostNamed).ToList();
        if (LettersIn(mail.Header("message-id") ?? "", ownDomain).Count > 0)
        {
            return null;
        }

        var reports = Returned(mail);
        var delivery = DeliveryReport.Of(mail);
        if (delivery is { Action: DeliveryAction.Delivered })
        {
            return null;
        }

        var kind = delivery?.Action switch
        {
            DeliveryAction.Failed => NoticeAnswerKind.Undeliverable,
            DeliveryAction.Delayed => NoticeAnswerKind.Delayed,
            _ when reports.Values.Any(removed => removed) => NoticeAnswerKind.Removed,
            _ => AutomaticReply.Is(mail) ? NoticeAnswerKind.Automatic : NoticeAnswerKind.Written,
        };
        var numbers = headers.Concat(texts).SelectMany(t => Number().Matches(t)).Select(m => m.Value).Distinct().Take(MostNamed).ToList();
        return new MailAnswer(kind, delivery?.Status, DomainOf(mail.Header("from")), letters, numbers, reports, kind is NoticeAnswerKind.Written ? AnswerWords.Of(mail) : null);
    }

    private static List<NoticeLetterId> LettersIn(string text, string ownDomain) =>
    [
        .. MessageId().Matches(text).Where(m => m.Groups[2].Value.Equals(ownDomain, StringComparison.OrdinalIgnoreCase))
            .Select(m => new NoticeLetterId(Guid.Parse(m.Groups[1].Value))),
    ];

    /// <summary>A desk that speaks XARF sends our report back, with what it did.</summary>
    private static Dictionary<NoticeId, bool> Returned(IncomingPart mail)
    {
        var returned = new Dictionary<NoticeId, bool>();
        foreach (var part in mail.All.Where(p => p.Type == "application/json" || p.Type.EndsWith("+json", StringComparison.Ordinal)).Take(MostNamed))
        {
            try
            {
                using var document = JsonDocument.Parse(part.Content, new JsonDocumentOptions { MaxDepth = 16 });
                if (document.RootElement is { ValueKind: JsonValueKind.Object } report && report.TryGetProperty("report_id", out var id) && id.ValueKind == JsonValueKind.String
                    && NoticeId.TryParse(id.GetString(), out var notice))
                {
                    returned[notice] = report.TryGetProperty("content_removed", out var removed) && removed.ValueKind == JsonValueKind.True;
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // Not a report, or a string that is half a character.
            }
        }

        return returned;
    }

    private static string? DomainOf(string? from) =>
        from is not null && Address().Matches(from) is [.., var last] ? last.Groups[1].Value.TrimEnd('.').ToLowerInvariant() : null;

    [GeneratedRegex("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@([A-Za-z0-9.-]{1,150})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"\bEG-N-\d{4}-\d{6}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("@([A-Za-z0-9.-]{1,253})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
