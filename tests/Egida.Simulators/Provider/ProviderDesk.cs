using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Egida.Simulators;

public enum NoticeState
{
    Accepted,
    Rejected,
    Removed,
}

/// <summary>One message to an abuse desk and what the desk made of it.</summary>
public sealed record ProviderNotice(
    string Mailbox, string Subject, string File, DateTimeOffset At, NoticeState State, string? Objection, string? Url, string? ReportId);

/// <summary>The abuse desks of the hosting providers. Reads `multipart/report` with a feedback report (RFC 5965) and an XARF 4 part, objects
/// to whatever the standard forbids and to any picture, and removes what is really hosted with it. It never writes back.</summary>
public sealed class ProviderDesk
{
    private readonly ConcurrentDictionary<int, ProviderNotice> notices = new();
    private readonly SiteBoard sites;
    private readonly HashSet<string> mailboxes;
    private int count;

    internal ProviderDesk(MailServer mail, SiteBoard sites, bool autoRemove, TimeSpan delay)
    {
        (this.sites, AutoRemove, RemovalDelay) = (sites, autoRemove, delay);
        mailboxes = [.. WorldNetworks.All.Select(network => network.AbuseMail).OfType<string>()];
        mail.Kept += Read;
    }

    public bool AutoRemove { get; set; }

    public TimeSpan RemovalDelay { get; set; }

    public IReadOnlyList<ProviderNotice> Notices => [.. notices.OrderBy(notice => notice.Key).Select(notice => notice.Value)];

    /// <summary>Removes at once, whoever asks. False: nothing is at that address.</summary>
    public bool Remove(string url) => sites.Remove(url);

    private void Read(string mailbox, ReceivedMail mail)
    {
        if (!mailboxes.Contains(mailbox.ToLowerInvariant()))
            return;

        foreach (var (objection, report) in Examine(mail))
            Note(mailbox, mail, objection, report);
    }

    private void Note(string mailbox, ReceivedMail mail, string? objection, JsonElement? report)
    {
        var url = report?.Text("url");
        if (objection is null && !sites.IsHosted(url!, mailbox.ToLowerInvariant()))
            objection = "nothing at that address is hosted here";
        var number = Interlocked.Increment(ref count);
        var state = objection is null ? NoticeState.Accepted : NoticeState.Rejected;
        notices[number] = new ProviderNotice(
            mailbox, mail.Parse().Header("subject", ""), mail.File, mail.At, state, objection, url, report?.Text("report_id"));
        if (state == NoticeState.Accepted && AutoRemove)
            _ = RemoveLater(number, url!);
    }

    private async Task RemoveLater(int number, string url)
    {
        await Task.Delay(RemovalDelay);
        sites.Remove(url);
        notices[number] = notices[number] with { State = NoticeState.Removed };
    }

    /// <summary>One for each report in it, or one objection to the whole.</summary>
    private static IReadOnlyList<(string? Objection, JsonElement? Report)> Examine(ReceivedMail mail)
    {
        var message = mail.Parse();
        var reports = message.All.Where(part => part.MediaType == "application/json").ToList();
        var wrong = message.All.Any(part => part.MediaType.StartsWith("image/", StringComparison.Ordinal) || part.MediaType.StartsWith("video/", StringComparison.Ordinal)) ? "a picture is attached"
            : message.MediaType != "multipart/report" || message.Parameter("report-type") != "feedback-report" ? "not a multipart/report of type feedback-report"
            : message.Parts.Count > 3 ? "a multipart/report has three parts at most"
            : message.Parts.FirstOrDefault() is not { MediaType: "text/plain" } words || string.IsNullOrWhiteSpace(words.Text) ? "the first part isn't text for people"
            : message.All.FirstOrDefault(part => part.MediaType == "message/feedback-report") is not { } feedback || !IsFeedback(feedback)
                ? "message/feedback-report with Feedback-Type, User-Agent and Version: 1 is missing"
            : reports.Count == 0 ? "xarf.json is missing"
            : null;
        return wrong is not null ? [(wrong, null)] : [.. reports.Select(Judge)];
    }

    private static (string? Objection, JsonElement? Report) Judge(MimePart attached)
    {
        try
        {
            using var document = JsonDocument.Parse(attached.Content);
            var report = document.RootElement.Clone();
            return (XarfCheck.Objection(report), report);
        }
        catch (JsonException)
        {
            return ("xarf.json isn't JSON", null);
        }
    }

    private static bool IsFeedback(MimePart part)
    {
        var fields = MimePart.Read(Encoding.UTF8.GetBytes(part.Text.ReplaceLineEndings("\r\n") + "\r\n\r\n"));
        return fields.Header("feedback-type", "").Length > 0 && fields.Header("user-agent", "").Length > 0 && fields.Header("version", "") == "1";
    }
}
