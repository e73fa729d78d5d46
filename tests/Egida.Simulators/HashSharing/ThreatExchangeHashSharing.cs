using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>ThreatExchange's `threat_updates` of one privacy group: a token in the address, whole addresses of next pages, tombstones for 90 days.</summary>
public sealed class ThreatExchangeHashSharing : HashSharingDesk
{
    public const string Token = "1000|threatexchange-demo-token", Group = "2000";

    private readonly ConcurrentDictionary<string, (string Type, string Indicator, string? Status, long At)> indicators = new();

    public int PageSize { get; set; } = 500;

    /// <param name="status">MALICIOUS, NON_MALICIOUS …; null: deleted.</param>
    public void Put(string id, string type, string indicator, string? status, long at) => indicators[id] = (type, indicator, status, at);

    /// <summary>As after 90 days: nothing says any more that there were such.</summary>
    public void ForgetDeleted()
    {
        foreach (var (id, _) in indicators.Where(i => i.Value.Status is null))
            indicators.TryRemove(id, out _);
    }

    internal async Task Answer(HttpContext context, string path)
    {
        Requests.Enqueue($"{context.Request.Method} {path} {context.Request.Query["start_time"]}");
        var query = context.Request.Query;
        if (query["access_token"] != Token)
        {
            await Refuse(context, 401);
            return;
        }

        if (path.Trim('/') != $"{Group}/threat_updates")
        {
            await Refuse(context, 404);
            return;
        }

        var since = long.TryParse(query["start_time"], NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : 0;
        var start = int.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var found = indicators.Where(i => i.Value.At >= since).OrderBy(i => i.Value.At).ToList();
        var next = GoesWrong(HashSharingFault.EndlessPages) ? start : start + PageSize;
        var root = GoesWrong(HashSharingFault.PagesElsewhere) ? new Uri("https://elsewhere.example/") : Url;
        object paging = next < found.Count || next == start
            ? new { next = new Uri(root, $"{Group}/threat_updates/?access_token={Uri.EscapeDataString(Token)}&start_time={since}&after={next}") }
            : new { };
        await Answer(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(new { data = found.Skip(start).Take(PageSize).Select(i => One(i.Key, i.Value)), paging }));
    }

    private static Dictionary<string, object> One(string id, (string Type, string Indicator, string? Status, long At) said)
    {
        var update = new Dictionary<string, object> { ["id"] = id, ["indicator"] = said.Indicator, ["type"] = said.Type, ["last_updated"] = said.At, ["should_delete"] = said.Status is null };
        if (said.Status is not null)
            update["descriptors"] = new { data = new[] { new { id = "1", owner = new { id = "77" }, status = said.Status, tags = new { data = new[] { new { id = "5", text = "media_type_photo" } } } } } };
        return update;
    }
}
