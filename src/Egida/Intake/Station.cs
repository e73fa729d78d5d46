namespace Egida.Intake;

/// <summary>The ten stations of a report's road, in this order everywhere: receipt, analyst's page, statistics, walk.</summary>
public enum Station
{
    Filed,
    Traced,
    Captured,
    Recognised,
    Assessed,
    Routed,
    HandedOver,
    Followed,
    Answered,
    Proved,
}
