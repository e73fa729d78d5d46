using System.Globalization;
using System.Net;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Web;
using Egida.Police.Pdf;

namespace Egida.Police;

/// <summary>
/// The package's first page for a person, in the unit's language: as HTML and as PDF the same words, without pictures, links, scripts or anything from elsewhere.
/// </summary>
internal sealed record PackageSummary(
    string Language, string Reference, string Author, string Title, string Lead, IReadOnlyList<PackageSummary.Section> Sections, string More, DateTime Made)
{
    public sealed record Section(string Title, IReadOnlyList<(string Term, string Value)> Rows);

    public static PackageSummary Of(CaseFacts facts, Contacts.Institution institution, PoliceUnit unit, Texts texts, DateTime at)
    {
        var sections = new List<Section>
        {
            new(T("case"),
            [
                (T("from"), $"{institution.Name}, {institution.PostalAddress}, {institution.Mail}, {institution.Phone}"),
                (T("to"), unit.Name),
                (T("made"), Instant(at)),
                (T("item"), facts.Item.ShortName),
                (T("address"), facts.Item.Address?.Reveal() ?? facts.Item.AsTyped.Reveal()),
                (T("reported"), $"{Instant(facts.Item.OpenedAt)} ({facts.Item.ReportCount})"),
                (T("route"), facts.Decision.Rule),
            ]),
        };
        if (facts.Traces.Count > 0)
        {
            var trace = facts.Traces[^1];
            sections.Add(new(T("hosting"),
            [
                (T("seen"), Instant(trace.At)),
                (T("ip"), trace.Address ?? "—"),
                (T("country"), trace.Country ?? "—"),
                (T("network"), string.Join(", ", new[] { trace.NetworkName, trace.NetworkRange, trace.Asn is { } asn ? $"AS{asn}" : null }.Where(v => v is not null))),
                (T("holder"), trace.Holder ?? "—"),
            ]));
        }

        sections.Add(new(T("outcome"), [.. facts.Outcomes.Where(o => o.EvidenceId is null).Select(o => (o.Scheme, $"{o.Code} {o.LegalBasis}".Trim()))]));
        sections.Add(new(T("readings"), [.. facts.Readings.Select(r => ($"{r.Ordinal}.", Instant(r.At)))]));
        sections.Add(new(T("files"), [.. facts.Plan.Objects.Select(o => (
            $"{facts.Plan.NameOf(o.Part)}/data/{o.Path}",
            $"{o.About.Size.ToString(CultureInfo.InvariantCulture)} B; SHA-256 {Convert.ToHexStringLower(o.About.Sha256)}"))]));
        return new PackageSummary(unit.Language, facts.Package.Reference, institution.Name, $"{T("title")} {facts.Package.Reference}", T("lead"), sections, T("more"), at);

        string T(string key) => texts.Get(unit.Language, $"police.summary.{key}");
    }

    public byte[] Html()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{Language}\"><head><meta charset=\"utf-8\"><title>{Reference}</title>\n")
            .Append("<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}")
            .Append("td,th{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{white-space:nowrap}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Encoded(Title)}</h1>\n<p>{Encoded(Lead)}</p>\n");
        foreach (var section in Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(section.Title)}</h2>\n<table>\n");
            foreach (var (term, value) in section.Rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encoded(term)}</th><td><bdi>{Encoded(value)}</bdi></td></tr>\n");
            }

            page.Append("</table>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(More)}</p>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    public byte[] Pdf()
    {
        using var pages = new PdfPages(Title, Author, Made);
        pages.Heading(Title, first: true);
        pages.Paragraph(Lead);
        foreach (var section in Sections)
        {
            pages.Heading(section.Title);
            foreach (var (term, value) in section.Rows)
            {
                pages.Row(term, value);
            }
        }

        pages.Paragraph(More);
        return pages.Finish();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
