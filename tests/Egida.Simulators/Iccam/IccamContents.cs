using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>`rest/Content`: one item of a report, its queues, assessment, hosting, assigned country, reference and actions.</summary>
internal static class IccamContents
{
    public static IccamContent From(JsonElement url, int contentId, int reportId, string assignedTo, bool referenced)
    {
        var content = new IccamContent
        {
            ContentId = contentId,
            ReportId = reportId,
            Url = url.Text("urlString") ?? "",
            IsSourceUrl = url.TryGetProperty("isSourceUrl", out var source) && source.ValueKind == JsonValueKind.True,
            HostingCountryCode = url.Text("hostingCountryCode"),
            AssignedCountryCode = assignedTo,
            HotlineReference = referenced ? url.Text("hotlineReference") : null,
        };
        if (url.TryGetProperty("assessment", out var assessment) && assessment.ValueKind == JsonValueKind.Object)
            content.Assessments.Add(assessment);
        if (url.TryGetProperty("actions", out var actions) && actions.ValueKind == JsonValueKind.Array)
            content.Actions.AddRange(actions.EnumerateArray());
        return content;
    }

    public static Task Queue(HttpContext context, IEnumerable<IccamReport> reports, string queue)
    {
        var most = int.TryParse(context.Request.Query["maxResults"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, 200) : 200;
        var ours = reports.SelectMany(report => report.Contents).Where(content => content.AssignedCountryCode == "PL");
        var waiting = queue switch
        {
            "no-reference" => ours.Where(content => content.HotlineReference is null),
            "unassessed" => ours.Where(content => content.Assessments.Count == 0),
            "unactioned" => ours.Where(content => content.Actions.Count == 0),
            _ => null,
        };
        return waiting is null
            ? IccamExchange.Refuse(context, 404, "path", "no such queue")
            : context.Json(waiting.OrderBy(content => content.ContentId).Take(most).Select(IccamAnswers.Content).ToArray());
    }

    public static async Task Answer(HttpContext context, IEnumerable<IccamReport> reports, IccamContent content, string part, JsonElement body)
    {
        var query = context.Request.Query;
        var errors = (context.Request.Method, part) switch
        {
            ("GET", "") => [],
            ("POST", "actions") => IccamCheck.Action(body, content),
            ("PUT", "assessment") => Assess(content, body),
            ("PUT", "url/hosting") => Country(query["newCountryCode"]),
            ("PUT", "assigned-country") => Country(query["newCountryCode"]),
            ("PUT", "hotline-reference") => Reference(reports, query["reference"]),
            _ => null,
        };
        if (errors is null)
        {
            await IccamExchange.Refuse(context, 404, "path", "no such endpoint");
            return;
        }

        if (errors.Count > 0)
        {
            await context.Json(new { errors }, 400);
            return;
        }

        switch (part)
        {
            case "actions":
                content.Actions.Add(body);
                break;
            case "assessment":
                content.Assessments.Add(body);
                break;
            case "url/hosting":
                content.HostingCountryCode = query["newCountryCode"];
                break;
            case "assigned-country":
                (content.AssignedCountryCode, content.CountryAssignmentDate) = (query["newCountryCode"], DateTimeOffset.UtcNow);
                break;
            case "hotline-reference":
                content.HotlineReference = query["reference"];
                break;
        }

        await context.Json(IccamAnswers.Content(content));
    }

    // A Baseline assessment is final, and none may follow an action.
    private static Dictionary<string, string[]> Assess(IccamContent content, JsonElement body)
    {
        var errors = IccamCheck.Assessment(body);
        if (content.Assessments is [.., var last] && last.TryGetProperty("classification", out var before) && before.GetInt32() == 1)
            errors["classification"] = ["a Baseline assessment is final"];
        if (content.Actions.Count > 0)
            errors["actions"] = ["no assessment may follow an action"];
        return errors;
    }

    private static Dictionary<string, string[]> Country(string? code) =>
        code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? [] : new(StringComparer.Ordinal) { ["newCountryCode"] = ["must be two capital letters"] };

    private static Dictionary<string, string[]> Reference(IEnumerable<IccamReport> reports, string? reference) =>
        string.IsNullOrWhiteSpace(reference) ? new(StringComparer.Ordinal) { ["reference"] = ["is required"] }
        : reports.SelectMany(report => report.Contents).Any(other => other.HotlineReference == reference)
            ? new(StringComparer.Ordinal) { ["reference"] = ["is used by another item"] }
            : [];
}
