using System.Text.Json;

namespace Egida.Exchange;

/// <summary>Our own reports as the exchange keeps them.</summary>
internal static class IccamReports
{
    private const int MostCandidates = 5;

    public static int? Number(JsonElement body) => body.ValueKind == JsonValueKind.Number && body.TryGetInt32(out var plain) ? plain : NumberAt(body, "reportId");

    /// <summary>
    /// The number of the report that has our reference, when its answer was lost: what was never given to a country still lies with us. Only a report
    /// that names the reference itself counts.
    /// </summary>
    /// <returns>A number; or the reason why there is none yet (the exchange is away); or neither, when it can't be found.</returns>
    public static async Task<(int? Number, IccamAnswer.Away? Away)> Find(IccamClient iccam, string reference, string source, CancellationToken cancellation)
    {
        var answer = await iccam.ReadUnactioned(cancellation);
        if (answer is not IccamAnswer.Ok { Body.ValueKind: JsonValueKind.Array } contents)
        {
            return (null, answer as IccamAnswer.Away);
        }

        var candidates = contents.Body.EnumerateArray()
            .Where(c => c.ValueKind == JsonValueKind.Object && c.TryGetProperty("url", out var url) && TextAt(url, "urlString") == source)
            .Select(c => NumberAt(c, "reportId")).OfType<int>().Distinct().OrderDescending().Take(MostCandidates);
        foreach (var candidate in candidates)
        {
            switch (await iccam.ReadReport(candidate, cancellation))
            {
                case IccamAnswer.Away away:
                    return (null, away);
                case IccamAnswer.Ok report when TextAt(report.Body, "hotlineReference") == reference:
                    return (candidate, null);
            }
        }

        return (null, null);
    }

    /// <summary>Gives each address of the report to the country: the exchange leaves new ones with whoever reported them. Twice does no harm.</summary>
    /// <returns>Null when all of them are given; else the first answer that stood in the way.</returns>
    public static async Task<IccamAnswer?> Assign(IccamClient iccam, int report, string country, int most, CancellationToken cancellation)
    {
        var read = await iccam.ReadReport(report, cancellation);
        if (read is not IccamAnswer.Ok { Body: { ValueKind: JsonValueKind.Object } body })
        {
            return read is IccamAnswer.Ok ? Strange : read;
        }

        var contents = body.TryGetProperty("reportContents", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? listed.EnumerateArray().Take(most).Select(c => NumberAt(c, "contentId")).ToList() : [];
        if (contents.Count == 0 || contents.Contains(null))
        {
            return Strange;
        }

        foreach (var content in contents)
        {
            if (await iccam.AssignCountry(content!.Value, country, cancellation) is var answer and not IccamAnswer.Ok)
            {
                return answer;
            }
        }

        return null;
    }

    private static IccamAnswer.Away Strange => new("iccam-strange-answer");

    private static int? NumberAt(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? TextAt(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
