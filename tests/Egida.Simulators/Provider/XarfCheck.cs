using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Egida.Simulators;

/// <summary>What XARF 4 requires of a `content`/`csam` report, as the receiving side checks it. Null = nothing to object to.</summary>
internal static partial class XarfCheck
{
    private static readonly string[] Classifications = ["baseline", "A1", "A2", "B1", "B2"];
    private static readonly string[] Methods = ["hash_match", "ai_detection", "manual_review", "user_report", "automated_scan"];
    private static readonly string[] MediaTypes = ["image", "video", "audio", "text", "mixed"];

    public static string? Objection(JsonElement report)
    {
        if (report.ValueKind != JsonValueKind.Object)
            return "the report isn't a JSON object";
        if (!Version().IsMatch(report.Text("xarf_version") ?? ""))
            return "xarf_version must be 4.x.y";
        if (!Guid.TryParse(report.Text("report_id"), out _))
            return "report_id must be a UUID";
        if (!DateTimeOffset.TryParseExact(report.Text("timestamp"), Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            return "timestamp must be RFC 3339";
        if ((Party(report, "reporter") ?? Party(report, "sender")) is { } party)
            return party;
        if (string.IsNullOrWhiteSpace(report.Text("source_identifier")))
            return "source_identifier is missing";
        if (report.Text("category") != "content" || report.Text("type") != "csam")
            return "category and type must be content and csam";
        if (!Uri.TryCreate(report.Text("url"), UriKind.Absolute, out _))
            return "url is missing or isn't an address";
        if (!Classifications.Contains(report.Text("classification")))
            return "classification isn't one of the five";
        if (!Methods.Contains(report.Text("detection_method")))
            return "detection_method isn't one of the five";
        return Optional(report);
    }

    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static string? Optional(JsonElement report)
    {
        if (report.TryGetProperty("_internal", out _))
            return "_internal must never be sent";
        if (report.TryGetProperty("screenshot_url", out _))
            return "a screenshot must never be sent";
        if (report.TryGetProperty("media_type", out _) && !MediaTypes.Contains(report.Text("media_type")))
            return "media_type isn't one of the five";
        if (report.TryGetProperty("country_code", out _) && report.Text("country_code") is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            return "country_code must be two capital letters";
        if (report.Text("description")?.Length > 1000)
            return "description is longer than 1000 characters";
        if (report.TryGetProperty("confidence", out var confidence) && (!confidence.TryGetDouble(out var value) || value is < 0 or > 1))
            return "confidence must be from 0 to 1";
        return report.TryGetProperty("evidence", out var evidence) ? Evidence(evidence) : null;
    }

    private static string? Evidence(JsonElement evidence)
    {
        if (evidence.ValueKind != JsonValueKind.Array || evidence.GetArrayLength() > 50)
            return "evidence must be a list of at most 50";
        foreach (var item in evidence.EnumerateArray())
        {
            var type = item.Text("content_type");
            if (type is null || item.Text("payload") is null)
                return "an evidence item needs content_type and payload";
            if (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase))
                return "visual content must never be attached";
        }

        return null;
    }

    private static string? Party(JsonElement report, string name)
    {
        if (!report.TryGetProperty(name, out var party) || party.Text("org") is not { Length: > 0 and <= 200 } || string.IsNullOrEmpty(party.Text("domain")))
            return $"{name} needs org and domain";
        return MailAddress.TryCreate(party.Text("contact"), out _) ? null : $"{name}.contact must be a mail address";
    }

    [GeneratedRegex(@"^4\.[0-9]+\.[0-9]+$")]
    private static partial Regex Version();
}
