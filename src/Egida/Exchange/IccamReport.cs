using System.Globalization;
using System.Net;
using Egida.Intake;

namespace Egida.Exchange;

/// <summary>One address of a report. <paramref name="Codes"/>: null when only the page around it is reported.</summary>
internal sealed record ReportedPlace(ReportedAddress Address, bool IsSource, bool IsMedia, AssessmentCodes? Codes);

/// <summary>ICCAM's ids. Age and sex: 1 is "not determined".</summary>
internal sealed record AssessmentCodes(int Classification, int Age = 1, int Gender = 1);

internal sealed record HandOverFacts(
    string Reference, DateTime ReceivedAt, string Country, IPAddress? Ip, string? Isp, long? AutonomousSystem, IReadOnlyList<ReportedPlace> Places);

/// <summary>The body of <c>POST rest/reports</c> as public sources describe it (INHOPE's own specification isn't public): names and ids are facts of theirs.</summary>
internal static class IccamReport
{
    private const int Website = 2;
    private const int Media = 1;
    private const int SiteTypeWebsite = 2;
    private const int NotDetermined = 1;

    public static object Compose(HandOverFacts facts, string analyst) => new
    {
        reportingAnalystName = analyst,
        hotlineReceivedDate = facts.ReceivedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        hotlineReference = facts.Reference,
        memo = "",
        sourceUrlUsername = "",
        sourceUrlPassword = "",
        sourceUrlReferrer = (string?)null,
        sourceUrlSiteType = SiteTypeWebsite,
        sourceUrlCommerciality = NotDetermined,
        sourceUrlPaymentMethods = new[] { NotDetermined },
        urls = facts.Places.Select((place, i) => new
        {
            urlString = place.Address.Reveal(),
            hotlineReference = $"{facts.Reference}-{(i + 1).ToString(CultureInfo.InvariantCulture)}",
            hostingCountryCode = facts.Country,
            hostingIpAddress = place.IsSource ? facts.Ip?.ToString() ?? "" : "",
            hostingIsp = facts.Isp ?? "",
            hostingOrganization = new { autonomousSystemNumber = facts.AutonomousSystem, organizationName = facts.Isp ?? "" },
            isSourceUrl = place.IsSource,
            memo = "",
            contentType = place.IsMedia ? Media : Website,
            assessment = place.Codes is { } codes ? Assessment(codes, analyst) : null,
        }),
    };

    // The schema's flags aren't asked of our analysts yet: 0 is "no" and the only honest value of the two that exist.
    private static object Assessment(AssessmentCodes codes, string analyst) => new
    {
        assessingAnalystName = analyst,
        classification = codes.Classification,
        ageCategorization = codes.Age,
        genderCategorization = codes.Gender,
        virtualContentCategorization = 0,
        userGeneratedContentCategorization = 0,
        childModelingCategorization = 0,
    };
}
