using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Sources;

/// <summary>
/// ThreatExchange's `threat_updates` of one privacy group. What was deleted is named for 90 days only: a copy that is older than 85 is read anew as a whole, and what isn't in it
/// any more is taken back.
/// </summary>
internal sealed class ThreatExchangeFeed(FeedHttp http) : IHashFeed
{
    public const string Url = "https://graph.facebook.com/v21.0";

    private const string Fields = "id,indicator,type,last_updated,should_delete,descriptors{owner{id},tags,status}";
    private static readonly TimeSpan DeletionsLast = TimeSpan.FromDays(85);

    public string Kind => "threatexchange";

    public string Format => "threatexchange";

    public async Task<FeedRange> Download(FeedTask task, Stream spool, CancellationToken cancellation)
    {
        if (!long.TryParse(task.Options.Group, NumberStyles.None, CultureInfo.InvariantCulture, out var group))
        {
            throw new FeedException("group: set the feed's Group to the number of the privacy group", isFinal: true);
        }

        var root = FeedHttp.Base(task.Options.BaseUrl.Length > 0 ? task.Options.BaseUrl : Url);
        var key = http.Credentials(task.Options)[0];
        var isNew = task.Checkpoint is null;
        var isRebuilt = !isNew && task.Now - task.HadAt > DeletionsLast;
        var since = isNew || isRebuilt ? 0 : long.Parse(task.Checkpoint!, CultureInfo.InvariantCulture);
        var url = new Uri(root, $"{group}/threat_updates/?access_token={Uri.EscapeDataString(key)}&start_time={since}&limit=500&fields={Uri.EscapeDataString(Fields)}");
        var (entries, latest) = (0L, since);
        HashSet<string> seen = new(StringComparer.Ordinal), alive = new(StringComparer.Ordinal);
        for (var pages = 1; ; pages++)
        {
            var (page, body) = await http.Get(task.Options, url, static _ => { }, bytes => (Read(bytes), DataOf(bytes)), cancellation);
            await spool.WriteAsync(body, cancellation);
            await spool.WriteAsync("\n"u8.ToArray(), cancellation);
            entries += page.Ids.Count;
            latest = Math.Max(latest, page.Latest);
            if (isRebuilt)
            {
                alive.UnionWith(page.Ids);
            }

            if (page.Next is null)
            {
                break;
            }

            if (pages == task.Options.MostPages || !seen.Add(page.Next))
            {
                throw new FeedException("endless: the service's pages have no end");
            }

            url = FeedHttp.Below(root, Uri.TryCreate(page.Next, UriKind.Absolute, out var next) ? next : root);
        }

        entries += isRebuilt ? await TakeBack(task, alive, spool, cancellation) : 0;
        return new FeedRange(latest.ToString(CultureInfo.InvariantCulture), entries, More: false);
    }

    /// <summary>What we still hold and the new copy hasn't was deleted while nobody looked.</summary>
    private static async Task<long> TakeBack(FeedTask task, HashSet<string> alive, Stream spool, CancellationToken cancellation)
    {
        var count = 0L;
        await spool.WriteAsync("{\"data\":["u8.ToArray(), cancellation);
        await foreach (var key in task.Keys().WithCancellation(cancellation))
        {
            if (!alive.Contains(key))
            {
                await spool.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["id"] = key, ["should_delete"] = true }), cancellation);
                await spool.WriteAsync(",\n"u8.ToArray(), cancellation);
                count++;
            }
        }

        await spool.WriteAsync("]}\n"u8.ToArray(), cancellation);
        return count;
    }

    private sealed record Page(IReadOnlyList<string> Ids, string? Next, long Latest);

    /// <summary>What is kept until it is imported: the entries, not the paging, whose addresses hold the key.</summary>
    private static byte[] DataOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return Encoding.UTF8.GetBytes($"{{\"data\":{json.RootElement.GetProperty("data").GetRawText()}}}");
    }

    private static Page Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var data = json.RootElement.GetProperty("data").EnumerateArray().ToList();
            return new Page(
                data.ConvertAll(d => d.GetProperty("id") is { ValueKind: JsonValueKind.String } id ? id.GetString()! : d.GetProperty("id").GetRawText()),
                json.RootElement.TryGetProperty("paging", out var paging) && paging.TryGetProperty("next", out var next) ? next.GetString() : null,
                data.Select(d => d.TryGetProperty("last_updated", out var at) ? at.ValueKind == JsonValueKind.String ? long.Parse(at.GetString()!, CultureInfo.InvariantCulture) : at.GetInt64() : 0).DefaultIfEmpty().Max());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new FormatException();
        }
    }
}
