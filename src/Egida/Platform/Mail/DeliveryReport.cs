using System.Text.RegularExpressions;

namespace Egida.Platform.Mail;

public enum DeliveryAction
{
    Failed,
    Delayed,

    /// <summary>Delivered, relayed or expanded: nobody has read it yet.</summary>
    Delivered,
}

/// <summary>What mail servers say became of a message of ours.</summary>
/// <param name="Status">RFC 3463: `5.1.1`; null where none is given.</param>
public sealed partial record DeliveryReport(DeliveryAction Action, string? Status)
{
    private static readonly string[] Daemons = ["mailer-daemon", "postmaster", "mail-daemon", "mdaemon"];

    /// <summary>Told by somebody other than the recipient: what servers that know no RFC 3464 begin their subjects with, in lower case.</summary>
    private static readonly string[] Subjects =
        ["undeliver", "delivery status notification", "mail delivery failed", "mail delivery failure", "returned mail", "failure notice", "delivery failure", "mail system error", "delivery has failed", "message could not be delivered",
            "niedostarczon", "nie dostarczono", "не доставлено", "warning: message", "delayed mail", "delivery delayed", "mail delivery delayed"];

    private static readonly string[] DelayWords =
        ["will be retried", "still being retried", "still trying", "delivery is delayed", "has been delayed", "is delayed", "no action is required", "you do not need to resend", "delivery attempts will continue"];

    /// <summary>Null: it isn't a word about delivery.</summary>
    public static DeliveryReport? Of(IncomingPart mail) => Standard(mail) ?? Other(mail);

    /// <summary>RFC 3464. One mail of ours has one recipient; where several are named, the worst counts.</summary>
    private static DeliveryReport? Standard(IncomingPart mail)
    {
        if (mail.All.FirstOrDefault(p => p.Type is "message/delivery-status" or "message/global-delivery-status") is not { } status)
        {
            return null;
        }

        var told = IncomingMessage.Blocks(status.Text)
            .Select(block => (Action: ActionOf(Field(block, "action")), Status: StatusIn(Field(block, "status")) ?? StatusIn(Field(block, "diagnostic-code"))))
            .Where(t => t.Action is not null || t.Status is not null)
            .Select(t => new DeliveryReport(t.Action ?? OfStatus(t.Status!), t.Status))
            .ToList();
        return told.MinBy(t => t.Action) ?? (IsFromServer(mail) ? Words(mail) : null);
    }

    /// <summary>qmail, Exim, old sendmail, Exchange and the rest: who it is from, or what it is about, and the codes in its words.</summary>
    private static DeliveryReport? Other(IncomingPart mail) => mail.Headers.ContainsKey("x-failed-recipients") || IsFromServer(mail) ? Words(mail) : null;

    private static bool IsFromServer(IncomingPart mail)
    {
        var from = mail.Header("from") ?? "";
        var subject = (mail.Header("subject") ?? "").ToLowerInvariant();
        var daemon = Daemons.Any(d => from.Contains(d, StringComparison.OrdinalIgnoreCase));
        var nobody = mail.Header("return-path")?.Trim() == "<>";
        return (daemon || nobody) && Subjects.Any(s => subject.StartsWith(s, StringComparison.Ordinal));
    }

    private static DeliveryReport Words(IncomingPart mail)
    {
        var text = string.Join('\n', mail.All.Where(p => p.Type.StartsWith("text/", StringComparison.Ordinal)).Select(p => p.Text));
        var status = StatusIn(text);
        var waits = DelayWords.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
        return new DeliveryReport(waits || status?[0] == '4' ? DeliveryAction.Delayed : DeliveryAction.Failed, status);
    }

    private static DeliveryAction? ActionOf(string? action) => action is null ? null : action.Split(' ', ';', '(')[0].Trim().ToLowerInvariant() switch
    {
        "failed" => DeliveryAction.Failed,
        "delayed" => DeliveryAction.Delayed,
        "delivered" or "relayed" or "expanded" => DeliveryAction.Delivered,
        _ => null,
    };

    private static DeliveryAction OfStatus(string status) => status[0] switch
    {
        '2' => DeliveryAction.Delivered,
        '4' => DeliveryAction.Delayed,
        _ => DeliveryAction.Failed,
    };

    /// <summary>The first enhanced code, else the first SMTP code as one: 550 is `5.0.0`.</summary>
    private static string? StatusIn(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Enhanced().Match(text) is { Success: true } enhanced ? enhanced.Value
            : Smtp().Match(text) is { Success: true } smtp ? $"{smtp.Value[0]}.0.0"
            : null;
    }

    private static string? Field(IReadOnlyDictionary<string, IReadOnlyList<string>> block, string name) => block.TryGetValue(name, out var values) ? values[0] : null;

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(?<![\d.])[45][0-5]\d(?=[ -])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Smtp();
}
