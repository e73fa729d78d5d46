using System.Diagnostics;
using OpenTelemetry;

namespace Egida.Platform.Telemetry;

/// <summary>
/// Keeps the tags that are kinds, outcomes and routes. Everything else goes, also what a later version of the framework may add: a path, a query
/// or a client's address would tell who reported or what.
/// </summary>
internal sealed class KnownTagsOnly : BaseProcessor<Activity>
{
    public static readonly IReadOnlySet<string> Known = new HashSet<string>(StringComparer.Ordinal)
    {
        "egida.work.kind", "egida.work.outcome", "http.request.method", "http.response.status_code", "http.route", "error.type",
    };

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !Known.Contains(name)).ToList())
        {
            data.SetTag(name, null);
        }

        // Sent by the client as they please.
        data.TraceStateString = null;
        if (data.GetTagItem("http.request.method") is { } method)
        {
            data.DisplayName = $"{method} {data.GetTagItem("http.route")}".TrimEnd();
        }

        if (data.Events.Any() || data.StatusDescription is not null)
        {
            // They hold the text of an exception and can't be taken away: this one isn't sent.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
