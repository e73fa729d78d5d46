using System.Globalization;
using Egida.HashBank.Clusters;
using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Suggestions;

/// <summary>
/// Keeps the suggested merges as the records and their clusters are: a function of them and of what people turned down, in whatever order they came. Written in the commit of the clusters'
/// batch, so both have always come equally far. Like the clusters it is nobody's act.
/// </summary>
internal sealed class SuggestionBook(EgidaDb db, BankIndex index)
{
    /// <summary>A larger cluster is a crowd: it is looked at as one, and not pair by pair.</summary>
    public const int MostInCluster = 100;

    private const int Together = 2000;

    private readonly SharedDigests shared = new(db, index);
    private readonly ToldApart apart = new(db);

    /// <param name="changed">Records that are, or were, different.</param>
    /// <param name="touched">Representatives of clusters in which somebody came or went, among them some that represent nobody any more.</param>
    public async Task Write(IReadOnlyCollection<int> changed, IReadOnlyCollection<int> touched, CancellationToken cancellation)
    {
        var concerned = new HashSet<int>(changed);
        var sharing = await shared.Of(changed, cancellation);
        foreach (var others in sharing.Values) concerned.UnionWith(others);
        foreach (var some in Chunks(changed))
        {
            concerned.UnionWith((await db.Set<MergeSuggestion>().AsNoTracking().Where(s => EF.Parameter(some).Contains(s.Earlier)).Select(s => s.Later).ToListAsync(cancellation)).Select(r => r.Value));
        }

        foreach (var some in Chunks(touched))
        {
            await db.Set<MergeSuggestion>().Where(s => s.Cluster != null && EF.Parameter(some).Contains(s.Cluster.Value)).ExecuteDeleteAsync(cancellation);
        }

        foreach (var members in (await ClustersOf(touched, cancellation)).Values) concerned.UnionWith(members);
        concerned.UnionWith((await apart.TurnedDown(cancellation)).Select(r => r.Value));
        foreach (var (record, others) in await shared.Of([.. concerned.Except(changed)], cancellation)) sharing.Add(record, others);
        await WorkOut(concerned, sharing, cancellation);
    }

    /// <summary>For whom another one is suggested instead of the one that somebody turned down.</summary>
    public async Task<bool> IsDue(CancellationToken cancellation) => (await apart.TurnedDown(cancellation)).Count > 0;

    private async Task WorkOut(HashSet<int> concerned, Dictionary<int, HashSet<int>> sharing, CancellationToken cancellation)
    {
        var representatives = await RepresentativesOf(concerned, cancellation);
        var clusters = await ClustersOf([.. representatives.Values], cancellation);
        var read = concerned.Concat(sharing.Values.SelectMany(o => o)).Concat(clusters.Values.SelectMany(m => m)).ToHashSet();
        var alike = await Read(read, cancellation);
        var turnedDown = await apart.Among(alike.Keys, cancellation);
        List<string> rows = [];
        foreach (var record in concerned.Order())
        {
            if (!alike.TryGetValue(record, out var self)) continue;
            var cluster = representatives.TryGetValue(record, out var representative) ? clusters.GetValueOrDefault(representative, []) : [];
            if (Closest.Of(self, Known(sharing.GetValueOrDefault(record, [])), Known(cluster), earlier => turnedDown.Contains((earlier, record))) is not { } found) continue;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"({record}, {found.Earlier}, {(byte)found.By}, {found.Distance}, {(found.By == Resemblance.Look ? representative.ToString(CultureInfo.InvariantCulture) : "NULL")})"));
        }

        foreach (var some in Chunks(concerned))
        {
            await db.Set<MergeSuggestion>().Where(s => EF.Parameter(some).Contains(s.Later)).ExecuteDeleteAsync(cancellation);
        }

        await ClusterBook.Insert(db, """hash_merge_suggestions ("Later", "Earlier", "By", "Distance", "Cluster")""", rows, cancellation);

        IEnumerable<Alike> Known(IEnumerable<int> numbers) => numbers.Select(alike.GetValueOrDefault).OfType<Alike>();
    }

    /// <summary>Those of the clusters that aren't crowds, with all their records.</summary>
    private async Task<Dictionary<int, HashSet<int>>> ClustersOf(IReadOnlyCollection<int> representatives, CancellationToken cancellation)
    {
        var clusters = new Dictionary<int, HashSet<int>>();
        foreach (var some in Chunks(representatives))
        {
            foreach (var representative in await db.Set<HashCluster>().AsNoTracking().Where(c => EF.Parameter(some).Contains(c.Representative) && c.Records <= MostInCluster).Select(c => c.Representative).ToListAsync(cancellation))
            {
                clusters.Add(representative.Value, [representative.Value]);
            }
        }

        foreach (var some in Chunks(clusters.Keys))
        {
            foreach (var member in await db.Set<ClusterMember>().AsNoTracking().Where(m => EF.Parameter(some).Contains(m.Representative)).Select(m => new { m.Representative, m.RecordId }).ToListAsync(cancellation))
            {
                clusters[member.Representative.Value].Add(member.RecordId.Value);
            }
        }

        return clusters;
    }

    /// <summary>Whoever has no row represents itself, if anybody.</summary>
    private async Task<Dictionary<int, int>> RepresentativesOf(HashSet<int> records, CancellationToken cancellation)
    {
        var representatives = records.ToDictionary(r => r);
        foreach (var some in Chunks(records))
        {
            foreach (var member in await db.Set<ClusterMember>().AsNoTracking().Where(m => EF.Parameter(some).Contains(m.RecordId)).Select(m => new { m.RecordId, m.Representative }).ToListAsync(cancellation))
            {
                representatives[member.RecordId.Value] = member.Representative.Value;
            }
        }

        return representatives;
    }

    /// <summary>Those that may be used or come to be used; the others are nobody's item.</summary>
    private async Task<Dictionary<int, Alike>> Read(HashSet<int> records, CancellationToken cancellation)
    {
        var digests = (await shared.Read(records, cancellation)).ToLookup(d => d.Record, d => (d.Kind, d.Value));
        var alike = new Dictionary<int, Alike>();
        foreach (var some in Chunks(records))
        {
            var videos = await db.Set<FurtherHash>().Where(h => EF.Parameter(some).Contains(h.RecordId) && h.Kind == HashKind.Frame).Select(h => h.RecordId).Distinct().ToListAsync(cancellation);
            foreach (var row in await db.Set<HashRecord>().AsNoTracking()
                .Where(r => EF.Parameter(some).Contains(r.Id) && r.State != HashRecordState.Withdrawn && r.State != HashRecordState.Merged).Select(r => new { r.Id, r.Pdq }).ToListAsync(cancellation))
            {
                alike.Add(row.Id.Value, new Alike(row.Id.Value, [.. digests[row.Id.Value]], row.Pdq is { } pdq ? Hash256.FromBytes(pdq) : null, videos.Contains(row.Id)));
            }
        }

        return alike;
    }

    private static IEnumerable<HashRecordId[]> Chunks(IEnumerable<int> records) => records.Order().Select(r => new HashRecordId(r)).Chunk(Together);
}
