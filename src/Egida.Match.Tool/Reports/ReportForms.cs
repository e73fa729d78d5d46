namespace Egida.Match.Tool.Reports;

internal enum ReportForm
{
    Csv,
    Json,
    Vics,
}

/// <summary>Which form a report has.</summary>
internal static class ReportForms
{
    /// <exception cref="UsageException">It can't be told.</exception>
    public static ReportForm Of(string? form, string? path) => (form, path) switch
    {
        ("csv", _) => ReportForm.Csv,
        ("json", _) => ReportForm.Json,
        ("vics", _) => ReportForm.Vics,
        (null, null) => ReportForm.Csv,
        (null, { } file) when Ends(file, ".csv") => ReportForm.Csv,
        (null, { } file) when Ends(file, ".vics.json") || Ends(file, ".vics") => ReportForm.Vics,
        (null, { } file) when Ends(file, ".json") || Ends(file, ".jsonl") => ReportForm.Json,
        _ => throw new UsageException("--form is csv, json or vics; without it the report's name ends in .csv, .json or .vics.json."),
    };

    public static IReport Make(ReportForm form) => form switch
    {
        ReportForm.Csv => new CsvReport(),
        ReportForm.Json => new JsonReport(),
        _ => new VicsReport(),
    };

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
