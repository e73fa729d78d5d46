using System.Globalization;
using Egida.HashBank.Index;
using Egida.HashBank.Suggestions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>Writes what regrouping found, and what follows for the suggested merges, all of it or nothing. It is worked out from the records and is nobody's act: the log of actions says nothing of it, as of the list of nodes.</summary>
internal sealed class ClusterBook(EgidaDb db, BankIndex index)
{
    private const int Together = 2000;

    /// <param name="changed">Records that are, or were, different.</param>
    /// <returns>False if another process has followed meanwhile: nothing was written.</returns>
    public async Task<bool> Write(Regrouping regrouped, IReadOnlyCollection<int> changed, long from, long to, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Set<ClusterHead>().Where(h => h.Id == 1 && h.Followed == from).ExecuteUpdateAsync(h => h.SetProperty(x => x.Followed, to), cancellation) == 0)
        {
            return false;
        }

        foreach (var some in regrouped.Moved.Keys.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            await db.Set<ClusterMember>().Where(m => EF.Parameter(some).Contains(m.RecordId)).ExecuteDeleteAsync(cancellation);
        }

        await Insert(db, """hash_cluster_members ("RecordId", "Representative", "Distance")""", regrouped.Moved.Values.OfType<ClusterMember>()
            .Select(m => $"({m.RecordId}, {m.Representative}, {m.Distance.ToString(CultureInfo.InvariantCulture)})"), cancellation);
        foreach (var some in regrouped.Touched.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            await Count(some, cancellation);
        }

        await new SuggestionBook(db, index).Write(changed, regrouped.Touched, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task Count(HashRecordId[] representatives, CancellationToken cancellation)
    {
        var records = db.Set<HashRecord>().AsNoTracking();
        var members = await db.Set<ClusterMember>().Where(m => EF.Parameter(representatives).Contains(m.Representative))
            .Join(records, m => m.RecordId, r => r.Id, (m, r) => new { m.Representative, r.State, r.IsBenign, r.ClassificationId })
            .GroupBy(r => new { r.Representative, r.State, r.IsBenign, r.ClassificationId }).Select(g => new { g.Key, Records = g.Count() }).ToListAsync(cancellation);
        var with = members.Select(m => m.Key.Representative).Distinct().ToArray();
        var own = with.Length == 0 ? [] : await records.Where(r => EF.Parameter(with).Contains(r.Id)).Select(r => new { r.Id, r.State, r.IsBenign, r.ClassificationId }).ToListAsync(cancellation);
        var groups = members.Select(m => (m.Key.Representative, Group: new ClusterGroup(m.Key.State, m.Key.IsBenign, m.Key.ClassificationId, m.Records)))
            .Concat(own.Select(r => (r.Id, Group: new ClusterGroup(r.State, r.IsBenign, r.ClassificationId, 1)))).ToLookup(g => g.Item1, g => g.Group);
        var ids = groups.SelectMany(g => g).Select(g => g.Classification).OfType<int>().Distinct().ToArray();
        var outcomes = ids.Length == 0 ? [] : await db.Set<Classification>().AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Outcomes, cancellation);
        await db.Set<HashCluster>().Where(c => EF.Parameter(representatives).Contains(c.Representative)).ExecuteDeleteAsync(cancellation);
        await Insert(db, """hash_clusters ("Representative", "Records", "Used", "Waiting", "Harmless", "Contradiction")""", groups.Select(g => ClusterCounts.Of(g.Key.Value, [.. g], outcomes)).OfType<HashCluster>()
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"({c.Representative}, {c.Records}, {c.Used}, {c.Waiting}, {c.Harmless}, {(byte)c.Contradiction})")), cancellation);
    }

    /// <param name="rows">Numbers only.</param>
    internal static async Task Insert(EgidaDb db, string into, IEnumerable<string> rows, CancellationToken cancellation)
    {
        foreach (var some in rows.Chunk(Together))
        {
            var command = string.Concat("INSERT INTO ", into, " VALUES ", string.Join(", ", some));
            await db.Database.ExecuteSqlRawAsync(command, cancellation);
        }
    }
}
