using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Egida.Blocking.Publishing;

/// <summary>The list in each form that operators' machines read. A domain is letters, digits, hyphens, underscores and dots, so it means nothing else in any of them.</summary>
internal static class ListFormats
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>By the name of the file.</summary>
    public static readonly IReadOnlyDictionary<string, ListFormat> All = new ListFormat[]
    {
        new("domains.json", "application/json", Document),
        new("register.json", "application/json", RegisterJson),
        new("domains.csv", "text/csv; charset=utf-8", RegisterCsv),
        new("domains.txt", "text/plain; charset=utf-8", Names),
        new("hosts.txt", "text/plain; charset=utf-8", Hosts),
        new("domains.rpz", "text/dns; charset=utf-8", PolicyZone.Write),
        new("adblock.txt", "text/plain; charset=utf-8", AdBlock),
    }.ToDictionary(f => f.File, StringComparer.Ordinal);

    public static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What every text says of itself, without the sign of a comment.</summary>
    public static IReadOnlyList<string> Heading(ListSnapshot list) =>
    [
        $"{list.Series}, version {list.Number}, made {Instant(list.MadeAt)}, valid until {Instant(list.ValidUntil)}",
        $"Ask again every {list.Terms.PollSeconds} seconds. After it isn't valid any more, don't block by it.",
    ];

    private static string Document(ListSnapshot list) => JsonSerializer.Serialize(
        new
        {
            list.Series,
            Version = list.Number,
            MadeAt = Instant(list.MadeAt),
            ValidUntil = Instant(list.ValidUntil),
            list.Terms.PollSeconds,
            Domains = list.Listed.Select(d => new { d.Id, d.Domain, d.Scope, Since = Instant(d.AddedAt) }),
        }, Json) + "\n";

    /// <summary>As readers of CERT Polska's warning list know it: an array with what has been removed, told by its DeleteDate.</summary>
    private static string RegisterJson(ListSnapshot list) => JsonSerializer.Serialize(
        list.All.OrderBy(d => d.Id).Select(d => new { RegisterPositionId = d.Id, DomainAddress = d.Domain, InsertDate = Plain(d.AddedAt), DeleteDate = d.RemovedAt is { } at ? Plain(at) : null }),
        JsonSerializerOptions.Default) + "\n";

    /// <summary>The same, with tabs.</summary>
    private static string RegisterCsv(ListSnapshot list)
    {
        var text = new StringBuilder("RegisterPositionId\tDomainAddress\tInsertDate\tDeleteDate\n");
        foreach (var d in list.All.OrderBy(d => d.Id))
        {
            text.Append(CultureInfo.InvariantCulture, $"{d.Id}\t{d.Domain}\t{Plain(d.AddedAt)}\t{(d.RemovedAt is { } at ? Plain(at) : "")}\n");
        }

        return text.ToString();
    }

    private static string Names(ListSnapshot list) => Lines(list, "# ", list.Listed.Select(d => d.Domain));

    /// <summary>A hosts file knows no names below a name: of a whole domain it has itself and its www.</summary>
    private static string Hosts(ListSnapshot list)
    {
        var to = list.Options.StopAddress ?? "0.0.0.0";
        return Lines(list, "# ", list.Listed.SelectMany(d => d.Scope == BlockScope.Domain && !d.Domain.StartsWith("www.", StringComparison.Ordinal)
            ? (string[])[$"{to} {d.Domain}", $"{to} www.{d.Domain}"]
            : [$"{to} {d.Domain}"]));
    }

    private static string AdBlock(ListSnapshot list) => "[Adblock Plus 2.0]\n" + Lines(list, "! ",
        list.Listed.SelectMany(d => d.Scope == BlockScope.Domain ? (string[])[$"||{d.Domain}^"] : [$"|http://{d.Domain}^", $"|https://{d.Domain}^"]),
        [$"Title: {list.Series}", $"Version: {list.Number}", "Expires: 1 hours"]);

    private static string Lines(ListSnapshot list, string comment, IEnumerable<string> lines, IReadOnlyList<string>? more = null) =>
        string.Concat((more ?? []).Concat(Heading(list)).Select(h => $"{comment}{h}\n")) + string.Concat(lines.Select(l => l + "\n"));

    private static string Plain(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <param name="File">Its name, which stands in its address.</param>
internal sealed record ListFormat(string File, string ContentType, Func<ListSnapshot, string> Write)
{
    public byte[] Bytes(ListSnapshot list) => Encoding.UTF8.GetBytes(Write(list));
}
