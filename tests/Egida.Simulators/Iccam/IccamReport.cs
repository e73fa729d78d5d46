using System.Text.Json;

namespace Egida.Simulators;

/// <summary>A report in ICCAM and its contents. The bodies are kept as they were sent.</summary>
public sealed class IccamReport
{
    public required int ReportId { get; init; }
    public required string HotlineReference { get; init; }
    public required JsonElement Body { get; init; }
    public List<IccamContent> Contents { get; } = [];
}

public sealed class IccamContent
{
    public required int ContentId { get; init; }
    public required int ReportId { get; init; }
    public required string Url { get; init; }
    public required bool IsSourceUrl { get; init; }
    public string? HostingCountryCode { get; set; }
    public string? AssignedCountryCode { get; set; }
    public string? HotlineReference { get; set; }
    public DateTimeOffset CountryAssignmentDate { get; set; } = DateTimeOffset.UtcNow;
    public List<JsonElement> Assessments { get; } = [];
    public List<JsonElement> Actions { get; } = [];
}
