using System.Text.Json;

namespace Egida.Blocking.Publishing;

/// <summary>What changed since a version: what has gone stands first, and is to be undone first.</summary>
internal static class ListChanges
{
    public static string Write(ListSnapshot list, long since) => JsonSerializer.Serialize(
        new
        {
            list.Series,
            Version = list.Number,
            Since = since,
            MadeAt = ListFormats.Instant(list.MadeAt),
            ValidUntil = ListFormats.Instant(list.ValidUntil),
            list.Terms.PollSeconds,
            // Whoever has the version never had what came and went since.
            Removed = list.All.Where(d => d.RemovedIn > since && d.AddedIn <= since).Select(d => new { d.Id, d.Domain }),
            Added = list.Listed.Where(d => d.AddedIn > since).Select(d => new { d.Id, d.Domain, d.Scope, Since = ListFormats.Instant(d.AddedAt) }),
        }, ListFormats.Json) + "\n";
}
