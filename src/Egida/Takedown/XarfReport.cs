using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Egida.Contacts;

namespace Egida.Takedown;

/// <summary>
/// A notice as XARF v4, category content, type csam. Never evidence, screenshot or any other form of the content (XARF forbids visual
/// content for this type), never `_internal`.
/// </summary>
internal static partial class XarfReport
{
    private const int MostOfName = 200;

    private static readonly string[] Classifications = ["baseline", "A1", "A2", "B1", "B2"];

    public static string Compose(NoticeFacts facts, Institution institution)
    {
        if (!Classifications.Contains(facts.Classification))
        {
            throw new ArgumentException("XARF knows only the classifications baseline, A1, A2, B1 and B2.", nameof(facts));
        }

        var url = new Uri(facts.Url.Reveal(), UriKind.Absolute);
        var contact = () => new JsonObject { ["org"] = institution.EnglishName is { Length: > MostOfName } name ? name[..MostOfName] : institution.EnglishName, ["contact"] = institution.Mail, ["domain"] = institution.Domain };
        var report = new JsonObject
        {
            ["xarf_version"] = "4.2.0",
            ["report_id"] = facts.Id.ToString(),
            ["timestamp"] = Instant(facts.SeenAt),
            ["reporter"] = contact(),
            ["sender"] = contact(),
            ["source_identifier"] = facts.Ip?.ToString() ?? url.IdnHost,
            ["source_port"] = url.Port,
            ["category"] = "content",
            ["type"] = "csam",
            ["evidence_source"] = "researcher_analysis",
            ["confidence"] = 1.0,
            ["description"] = $"Notice {facts.Number} under Regulation (EU) 2022/2065 art. 16. The content is never attached.",
            ["url"] = facts.Url.Reveal(),
            ["verified_at"] = Instant(facts.SeenAt),
            ["verification_method"] = "manual",
            ["classification"] = facts.Classification,
            ["detection_method"] = facts.Detection is DetectionMethod.HashMatch ? "hash_match" : "manual_review",
            ["content_removed"] = false,
        };
        if (facts.Files.Count > 0)
        {
            report["media_type"] = "image";
            report["hash_values"] = Hashes(facts.Files[0]);
        }

        if (Domain().IsMatch(url.IdnHost))
        {
            report["domain"] = url.IdnHost;
        }

        if (facts.CountryCode is { Length: 2 } country)
        {
            report["country_code"] = country.ToUpperInvariant();
        }

        if (facts.AutonomousSystem is > 0 and <= uint.MaxValue)
        {
            report["asn"] = facts.AutonomousSystem;
        }

        if (!string.IsNullOrWhiteSpace(facts.Provider))
        {
            report["hosting_provider"] = facts.Provider;
        }

        return report.ToJsonString(new() { WriteIndented = true });
    }

    private static JsonObject Hashes(FileHashes file)
    {
        var hashes = new JsonObject { ["sha256"] = file.Sha256 };
        if (file.Sha1 is not null)
        {
            hashes["sha1"] = file.Sha1;
        }

        if (file.Md5 is not null)
        {
            hashes["md5"] = file.Md5;
        }

        return hashes;
    }

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Domain();
}
