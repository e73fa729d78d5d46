using System.Globalization;
using System.Net;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Web;

namespace Egida.Police;

/// <summary>The package's first page for a person: one HTML file without pictures, links, scripts or anything from elsewhere.</summary>
internal static class PackageSummary
{
    public static byte[] Compose(CaseFacts facts, Contacts.Institution institution, PoliceUnit unit, Texts texts, string language, DateTime at)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{facts.Package.Reference}</title>\n")
            .Append("<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}")
            .Append("td,th{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{white-space:nowrap}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{T("title")} {facts.Package.Reference}</h1>\n<p>{T("lead")}</p>\n");

        Table("case",
        [
            (T("from"), $"{institution.Name}, {institution.PostalAddress}, {institution.Mail}, {institution.Phone}"),
            (T("to"), unit.Unit),
            (T("made"), Instant(at)),
            (T("item"), facts.Item.ShortName),
            (T("address"), facts.Item.Address?.Reveal() ?? facts.Item.AsTyped.Reveal()),
            (T("reported"), $"{Instant(facts.Item.OpenedAt)} ({facts.Item.ReportCount})"),
            (T("route"), facts.Decision.Rule),
        ]);

        if (facts.Traces.Count > 0)
        {
            var trace = facts.Traces[^1];
            Table("hosting",
            [
                (T("seen"), Instant(trace.At)),
                (T("ip"), trace.Address ?? "—"),
                (T("country"), trace.Country ?? "—"),
                (T("network"), string.Join(", ", new[] { trace.NetworkName, trace.NetworkRange, trace.Asn is { } asn ? $"AS{asn}" : null }.Where(v => v is not null))),
                (T("holder"), trace.Holder ?? "—"),
            ]);
        }

        Table("outcome", [.. facts.Outcomes.Where(o => o.EvidenceId is null).Select(o => (o.Scheme, $"{o.Code} {o.LegalBasis}".Trim()))]);
        Table("readings", [.. facts.Readings.Select(r => ($"{r.Ordinal}.", Instant(r.At)))]);
        Table("files", [.. facts.Objects.Select((o, i) => ($"data/{CaseFacts.PathOf(o, i + 1)}", $"{o.Size.ToString(CultureInfo.InvariantCulture)} B; SHA-256 {Convert.ToHexStringLower(o.Sha256)}"))]);
        page.Append(CultureInfo.InvariantCulture, $"<p>{T("more")}</p>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());

        string T(string key) => WebUtility.HtmlEncode(texts.Get(language, $"police.summary.{key}"));

        void Table(string title, IReadOnlyList<(string Term, string Value)> rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{T(title)}</h2>\n<table>\n");
            foreach (var (term, value) in rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{term}</th><td><bdi>{WebUtility.HtmlEncode(value)}</bdi></td></tr>\n");
            }

            page.Append("</table>\n");
        }
    }

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
