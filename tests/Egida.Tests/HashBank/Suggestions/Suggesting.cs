using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.HashBank.Suggestions;
using Egida.HashSearch;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Clusters;
using Microsoft.EntityFrameworkCore;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Suggestions;

/// <summary>Suggested merges as they are kept, and as they should be: worked out from nothing by comparing each record with each.</summary>
internal static class Suggesting
{
    public static Task<TellApart.Outcome> TellApart(this EgidaHost host, HashRecordId one, HashRecordId other, int by = 6) =>
        host.InScope((TellApart tell) => tell.Handle(one, other, Bank.Person(by), "another picture", CancellationToken.None));

    /// <returns>By the later record: the earlier one, why, and the distance.</returns>
    public static async Task<SortedDictionary<int, (int, Resemblance, int)>> KeptSuggestions(this EgidaHost host) =>
        new((await host.Read(db => db.Set<MergeSuggestion>().AsNoTracking().ToListAsync())).ToDictionary(s => s.Later.Value, s => (s.Earlier.Value, s.By, (int)s.Distance)));

    public static async Task<SortedDictionary<int, (int, Resemblance, int)>> ExpectedSuggestions(this EgidaHost host)
    {
        var records = await host.Read(db => db.Set<HashRecord>().AsNoTracking().OrderBy(r => r.Id).ToListAsync());
        var further = (await host.Read(db => db.Set<FurtherHash>().AsNoTracking().ToListAsync())).ToLookup(h => h.RecordId);
        var members = await host.ExpectedMembers();
        var apart = await Apart(host, records.ToDictionary(r => r.Id.Value, r => r.MergedInto?.Value ?? r.Id.Value));
        var there = records.FindAll(r => r.State is not (HashRecordState.Withdrawn or HashRecordState.Merged));
        var crowds = members.Values.GroupBy(m => m.Item1).Where(g => g.Count() + 1 > SuggestionBook.MostInCluster).Select(g => g.Key).ToHashSet();
        var suggestions = new SortedDictionary<int, (int, Resemblance, int)>();
        foreach (var later in there)
        {
            var found = there.Where(r => r.Id.Value < later.Id.Value && !apart.Contains((r.Id.Value, later.Id.Value))).SelectMany(r => Why(r, later)).Order().ToList();
            if (found.Count > 0) suggestions.Add(later.Id.Value, (found[0].Earlier, found[0].By, found[0].Distance));
        }

        return suggestions;

        IEnumerable<(Resemblance By, int Distance, int Earlier)> Why(HashRecord one, HashRecord other)
        {
            var common = Digests(one).Intersect(Digests(other)).Select(d => d.Kind).ToList();
            if (common.Contains(HashKind.Sha256)) yield return (Resemblance.Sha256, 0, one.Id.Value);
            if (common.Contains(HashKind.Sha1)) yield return (Resemblance.Sha1, 0, one.Id.Value);
            if (common.Contains(HashKind.Md5)) yield return (Resemblance.Md5, 0, one.Id.Value);
            if (ClusterOf(one) is { } cluster && cluster == ClusterOf(other) && !crowds.Contains(cluster) && Hash256.FromBytes(one.Pdq!).Distance(Hash256.FromBytes(other.Pdq!)) is var bits and <= 15)
            {
                yield return (Resemblance.Look, bits, one.Id.Value);
            }
        }

        IEnumerable<(HashKind Kind, string Value)> Digests(HashRecord record) => ItemHashes.Of(record).Select(h => (h.Kind, h.Value)).Concat(further[record.Id].Select(h => (h.Kind, h.Value)))
            .Where(h => h.Kind < HashKind.Pdq).Select(h => (h.Kind, Convert.ToHexString(h.Value)));

        int? ClusterOf(HashRecord record) => members.TryGetValue(record.Id.Value, out var row) ? row.Item1 : members.Values.Any(m => m.Item1 == record.Id.Value) ? record.Id.Value : null;
    }

    private static async Task<HashSet<(int, int)>> Apart(EgidaHost host, Dictionary<int, int> standsFor)
    {
        var pairs = (await host.Read(db => db.Set<DistinctPair>().AsNoTracking().ToListAsync())).Select(p => (p.Earlier, p.Later))
            .Concat((await host.Read(db => db.Set<HashMerge>().AsNoTracking().ToListAsync())).Where(m => m.State is MergeState.Declined or MergeState.Undone).Select(m => (m.Survivor, m.Merged)));
        return [.. pairs.Select(p => (standsFor[p.Item1.Value], standsFor[p.Item2.Value])).Select(p => (Math.Min(p.Item1, p.Item2), Math.Max(p.Item1, p.Item2)))];
    }
}
