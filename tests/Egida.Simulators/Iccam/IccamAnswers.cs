using System.Text.Json;

namespace Egida.Simulators;

/// <summary>The read side of ICCAM v3.</summary>
internal static class IccamAnswers
{
    public static object Report(IccamReport report, bool namesReference = true) => new
    {
        reportId = report.ReportId,
        reportContents = report.Contents.Select(content => new { contentId = content.ContentId, urlString = content.Url }),
        sourceUrlSiteType = Field(report, "sourceUrlSiteType"),
        sourceUrlCommerciality = Field(report, "sourceUrlCommerciality"),
        sourceUrlPaymentMethods = Field(report, "sourceUrlPaymentMethods"),
        referrerUrl = report.Body.Text("sourceUrlReferrer"),
        memo = report.Body.Text("memo"),
        hotlineReceivedDate = report.Body.Text("hotlineReceivedDate"),
        hotlineReference = namesReference ? report.HotlineReference : null,
        reportingHotlineId = 1,
        reportingAnalystName = report.Body.Text("reportingAnalystName"),
    };

    public static object Content(IccamContent content) => new
    {
        contentId = content.ContentId,
        reportId = content.ReportId,
        url = new { urlString = content.Url, isSourceUrl = content.IsSourceUrl, hostingCountryCode = content.HostingCountryCode },
        assignedCountryCode = content.AssignedCountryCode,
        countryAssignmentDate = content.CountryAssignmentDate,
        hotlineReference = content.HotlineReference,
        assessments = content.Assessments,
        actions = content.Actions.Select(action => new
        {
            actionType = action.GetProperty("actionType"),
            analystName = action.Text("actioningAnalystName"),
            actionDate = action.Text("actionDate"),
        }),
    };

    private static JsonElement? Field(IccamReport report, string name) => report.Body.TryGetProperty(name, out var value) ? value : null;
}
