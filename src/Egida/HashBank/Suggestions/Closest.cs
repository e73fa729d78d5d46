using Egida.HashBank.Clusters;
using Egida.HashSearch;

namespace Egida.HashBank.Suggestions;

/// <summary>What says of a record which other one it may be.</summary>
/// <param name="Digests">Its own, and those that merges brought.</param>
/// <param name="IsVideo">It has frames: two of them are one item only by their bytes (docs/decisions/0138).</param>
internal sealed record Alike(int Record, IReadOnlyList<(HashKind Kind, byte[] Value)> Digests, Hash256? Look, bool IsVideo);

/// <summary>
/// Of which earlier record a record may be the item: the strongest digest in common decides, then the distance, then age. Only one, so that a crowd of copies is as many questions as
/// copies, and not as many as pairs. Pure.
/// </summary>
internal static class Closest
{
    public readonly record struct Found(int Earlier, Resemblance By, int Distance);

    /// <param name="sharing">Records that may have a digest in common with it.</param>
    /// <param name="cluster">Those of its cluster.</param>
    /// <param name="isApart">Somebody found that they aren't one item.</param>
    public static Found? Of(Alike record, IEnumerable<Alike> sharing, IEnumerable<Alike> cluster, Func<int, bool> isApart) => sharing.Select(other => Shared(record, other))
        .Concat(cluster.Select(other => Near(record, other)))
        .Where(found => found is { } f && f.Earlier < record.Record && !isApart(f.Earlier))
        .OrderBy(f => f!.Value.By).ThenBy(f => f!.Value.Distance).ThenBy(f => f!.Value.Earlier).FirstOrDefault();

    private static Found? Shared(Alike record, Alike other) => record.Digests
        .Where(d => other.Digests.Any(o => o.Kind == d.Kind && o.Value.AsSpan().SequenceEqual(d.Value)))
        .Select(d => (Found?)new Found(other.Record, ByOf(d.Kind), 0)).MinBy(f => f!.Value.By);

    private static Found? Near(Alike record, Alike other) =>
        record.Look is { } look && other.Look is { } theirs && !(record.IsVideo && other.IsVideo) && Neighbourhood.IsNear(look, theirs)
            ? new Found(other.Record, Resemblance.Look, look.Distance(theirs)) : null;

    private static Resemblance ByOf(HashKind kind) => kind switch { HashKind.Sha256 => Resemblance.Sha256, HashKind.Sha1 => Resemblance.Sha1, _ => Resemblance.Md5 };
}
