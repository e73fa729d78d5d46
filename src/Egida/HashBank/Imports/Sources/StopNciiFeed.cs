using System.Globalization;
using System.Text.Json;

namespace Egida.HashBank.Imports.Sources;

/// <summary>StopNCII's FetchHashes: everything since a time, page by page. The checkpoint is what the last page names.</summary>
internal sealed class StopNciiFeed(FeedHttp http) : IHashFeed
{
    public const string Url = "https://api.stopncii.org/v1";

    /// <summary>What a first read asks for; the service knows no 0.</summary>
    private const long First = 10;
    private const int PageSize = 800;

    public string Kind => "stopncii";

    public string Format => "stopncii";

    public async Task<FeedRange> Download(FeedTask task, Stream spool, CancellationToken cancellation)
    {
        var root = FeedHttp.Base(task.Options.BaseUrl.Length > 0 ? task.Options.BaseUrl : Url);
        if (http.Credentials(task.Options) is not [var function, var subscription, ..])
        {
            throw new FeedException("credentials: the file must hold the function key and, in the second line, the subscription key", isFinal: true);
        }

        var since = task.Checkpoint is null ? First : long.Parse(task.Checkpoint, CultureInfo.InvariantCulture);
        var (entries, token, next) = (0L, "", since);
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var pages = 1; ; pages++)
        {
            var url = new Uri(root, $"FetchHashes?startTimestamp={since}&pageSize={PageSize}{(token.Length > 0 ? $"&nextPageToken={Uri.EscapeDataString(token)}" : "")}");
            var (page, body) = await http.Get(
                task.Options, url,
                headers =>
                {
                    headers.Add("x-functions-key", function);
                    headers.Add("Ocp-Apim-Subscription-Key", subscription);
                },
                bytes => (Read(bytes), bytes), cancellation);
            await spool.WriteAsync(body, cancellation);
            await spool.WriteAsync("\n"u8.ToArray(), cancellation);
            entries += page.Count;
            next = Math.Max(since, page.NextSet);
            token = page.Token;
            if (!page.HasMore)
            {
                return new FeedRange(next.ToString(CultureInfo.InvariantCulture), entries, More: false);
            }

            if (pages == task.Options.MostPages || token.Length == 0 || !seen.Add(token))
            {
                throw new FeedException("endless: the service's pages have no end");
            }
        }
    }

    private sealed record Page(int Count, bool HasMore, string Token, long NextSet);

    private static Page Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return new Page(
                root.GetProperty("hashRecords").GetArrayLength(),
                root.GetProperty("hasMoreRecords").GetBoolean(),
                root.TryGetProperty("nextPageToken", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString()! : "",
                root.GetProperty("nextSetTimestamp").GetInt64());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FormatException();
        }
    }
}
