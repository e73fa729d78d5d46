namespace Egida.Simulators;

internal sealed record IccamEntry(int Id, string Name);

/// <summary>The code lists of ICCAM v3 as its endpoints hand them out, and which hotline answers for which country.</summary>
internal static class IccamLists
{
    public static object[] Countries { get; } =
    [
        .. new[] { ("PL", "Poland"), ("NL", "Netherlands"), ("DE", "Germany"), ("AQ", "Antarctica") }
            .Select((country, i) => (object)new { id = i + 1, countryCode = country.Item1, name = country.Item2 }),
    ];

    public static object[] Hotlines { get; } =
    [
        new { id = 1, name = "Egida", countryCode = "PL" },
        new { id = 2, name = "Voorbeeld Meldpunt", countryCode = "NL" },
        new { id = 3, name = "Beispielstelle", countryCode = "DE" },
    ];

    public static object[] Analysts { get; } = [new { id = 1, name = IccamExchange.UserName, hotlineId = 1 }];

    public static IReadOnlyDictionary<string, IccamEntry[]> Codes { get; } = new Dictionary<string, IccamEntry[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["age-categories"] = From(1, "Not determined", "Infant", "Pre-pubescent", "Pubescent"),
        ["gender-categories"] = From(1, "Not determined", "Female", "Male", "Both"),
        ["action-types"] = [new(1, "ReportedToLEA"), new(2, "ReportedToISP"), new(3, "Removed"), new(4, "Unavailable"), new(6, "NotIllegal")],
        ["payment-methods"] = From(1, "Not determined", "American Express", "Diners", "Mastercard", "PayPal", "Visa", "Western Union", "Other", "None",
            "SMS", "E-mail", "Liberty Reserve", "Bitcoin"),
        ["site-types"] =
        [
            new(2, "Website"), new(3, "File host"), new(4, "Image store"), new(5, "Image board"), new(6, "Forum"), new(7, "Banner site"),
            new(8, "Link site"), new(9, "Social networking"), new(10, "Redirector"), new(11, "Web archive"), new(18, "Search provider"),
            new(20, "Image host"), new(22, "Blog"), new(24, "Not applicable"),
        ],
        ["commercialities"] = From(1, "Not determined", "Commercial", "Non-commercial"),
        ["classifications"] = [new(1, "Baseline"), new(2, "National"), new(4, "Ignore")],
    };

    public static bool Knows(string list, int id) => Codes[list].Any(entry => entry.Id == id);

    private static IccamEntry[] From(int first, params string[] names) => [.. names.Select((name, i) => new IccamEntry(first + i, name))];
}
