using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>StopNCII's FetchHashes as its open client knows it: two keys in headers, a time to begin at, page tokens, the whole state of each hash in each answer.</summary>
public sealed class StopNciiHashSharing : HashSharingDesk
{
    public const string FunctionKey = "fetch-demo-key", SubscriptionKey = "subscription-demo-key";

    private readonly ConcurrentDictionary<(string Type, string Value), (long At, string Status)> hashes = new();

    public int PageSize { get; set; } = 800;

    public void Put(string type, string value, string status, long at) => hashes[(type, value)] = (at, status);

    internal async Task Answer(HttpContext context, string path)
    {
        Note(context);
        var headers = context.Request.Headers;
        if (headers["x-functions-key"] != FunctionKey || headers["Ocp-Apim-Subscription-Key"] != SubscriptionKey)
        {
            await Refuse(context, 401);
            return;
        }

        if (path != "FetchHashes" || !long.TryParse(context.Request.Query["startTimestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var since) || since < 1)
        {
            await Refuse(context, path == "FetchHashes" ? 400 : 404);
            return;
        }

        var found = hashes.Where(h => h.Value.At >= since).OrderBy(h => h.Value.At).ThenBy(h => h.Key.Value, StringComparer.Ordinal).ToList();
        var token = context.Request.Query["nextPageToken"].ToString();
        var start = token.Length == 0 ? 0 : int.Parse(token["page-".Length..], CultureInfo.InvariantCulture);
        var page = found.Skip(start).Take(PageSize).ToList();
        var next = GoesWrong(HashSharingFault.EndlessPages) ? start : start + PageSize;
        await Answer(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            count = page.Count,
            nextPageToken = next < found.Count || next == start ? $"page-{next}" : null,
            nextSetTimestamp = page.Count == 0 ? since : page[^1].Value.At,
            hasMoreRecords = next < found.Count || next == start,
            hashRecords = page.Select(h => new
            {
                lastModtimestamp = h.Value.At,
                signalType = h.Key.Type,
                hashValue = h.Key.Value,
                hashStatus = h.Value.Status,
                caseNumbers = new Dictionary<string, string> { ["bd2bff7c-8160-4615-8dce-38c2f066d1ac"] = h.Value.Status },
                CSPFeedbacks = new[] { new { source = "Somebody", feedbackValue = "PendingReview", tags = Array.Empty<string>() } },
            }),
        }));
    }
}
