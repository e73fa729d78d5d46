namespace Egida.Platform.Web;

/// <summary>Texts that a spreadsheet doesn't take for a formula: `'` before what begins like one, as spreadsheets themselves do it.</summary>
internal static class FormulaSafe
{
    public static string Text(string text)
    {
        var plain = text.ReplaceLineEndings(" ").Replace('\t', ' ').Trim();
        return plain is ['=' or '+' or '-' or '@' or '\'', ..] ? "'" + plain : plain;
    }

    /// <summary>As a cell of CSV, quoted if it has to be.</summary>
    public static string Cell(string? text, char delimiter)
    {
        var safe = Text(text ?? "");
        return safe.AsSpan().IndexOfAny(delimiter, '"', ',') >= 0 || safe.Contains(';', StringComparison.Ordinal) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
