namespace Egida.Platform.Web;

/// <summary>Who runs this installation and where help is, from the country's <c>country.json</c>: names, logo text, time zone, helplines.</summary>
public sealed record Institution
{
    /// <summary>Two letters, ISO 3166-1.</summary>
    public required string Country { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>One sentence under the name: who answers for this service.</summary>
    public required IReadOnlyDictionary<string, string> RunBy { get; init; }

    /// <summary>What stands beside the mark at the top of every page.</summary>
    public required string LogoText { get; init; }

    /// <summary>IANA name; exact times are shown in it beside UTC.</summary>
    public required string TimeZone { get; init; }

    /// <summary>In the order of the page: always the same.</summary>
    public required IReadOnlyList<Helpline> Helplines { get; init; }

    /// <summary>Where "leave this page" leads. Null: a neutral page of this program, so that nothing outside learns of it.</summary>
    public string? LeaveTo { get; init; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>A number that a frightened person can call, with the day on which somebody last made sure that it is right.</summary>
public sealed record Helpline
{
    public required string Id { get; init; }

    /// <summary>As it is spoken: <c>116 111</c>.</summary>
    public required string Number { get; init; }

    public bool Emergency { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    public required IReadOnlyDictionary<string, string> Hours { get; init; }

    public required DateOnly VerifiedOn { get; init; }

    public required string Source { get; init; }

    public string Link => $"tel:{Number.Replace(" ", "", StringComparison.Ordinal)}";
}
