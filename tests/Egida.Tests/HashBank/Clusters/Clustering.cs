using Egida.HashBank;
using Egida.HashBank.Clusters;
using Egida.HashSearch;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Clusters;

/// <summary>Clusters as they are kept, and as they should be: worked out from nothing by comparing each record with each.</summary>
internal static class Clustering
{
    /// <param name="looks">Of the records that take part, by their numbers.</param>
    /// <returns>For each record that isn't alone, or its own, its representative and the distance.</returns>
    public static SortedDictionary<int, (int Representative, int Distance)> FromNothing(IEnumerable<KeyValuePair<int, Hash256>> looks)
    {
        var (members, representatives) = (new SortedDictionary<int, (int, int)>(), new List<(int Record, Hash256 Look)>());
        foreach (var (record, look) in looks.OrderBy(l => l.Key))
        {
            var near = representatives.Select(r => (Distance: r.Look.Distance(look), r.Record)).Where(r => r.Distance <= Neighbourhood.Radius).Order().ToList();
            if (near.Count == 0) representatives.Add((record, look));
            else members.Add(record, (near[0].Record, near[0].Distance));
        }

        return members;
    }

    /// <summary>Until the clusters know everything.</summary>
    public static async Task FollowClusters(this EgidaHost host, ClusterKeeper? keeper = null)
    {
        while (keeper is null
            ? await host.InScope((IServiceProvider services) => Follow(services))
            : await host.InScope((EgidaDb db) => keeper.Follow(db, CancellationToken.None)))
        {
            // One batch after the other.
        }

        static Task<bool> Follow(IServiceProvider services) => ((ClusterKeeper)services.GetService(typeof(ClusterKeeper))!).Follow((EgidaDb)services.GetService(typeof(EgidaDb))!, CancellationToken.None);
    }

    public static async Task<SortedDictionary<int, (int, int)>> KeptMembers(this EgidaHost host) =>
        new((await host.Read(db => db.Set<ClusterMember>().AsNoTracking().ToListAsync())).ToDictionary(m => m.RecordId.Value, m => (m.Representative.Value, (int)m.Distance)));

    public static Task<List<HashCluster>> KeptClusters(this EgidaHost host) => host.Read(db => db.Set<HashCluster>().AsNoTracking().OrderBy(c => c.Representative).ToListAsync());

    /// <summary>The same from the database's records.</summary>
    public static async Task<SortedDictionary<int, (int, int)>> ExpectedMembers(this EgidaHost host) => FromNothing(
        (await host.Read(db => db.Set<HashRecord>().AsNoTracking().ToListAsync())).Where(r => Neighbourhood.TakesPart(r.State, r.Flags, r.Pdq, r.PdqQuality))
        .ToDictionary(r => r.Id.Value, r => Hash256.FromBytes(r.Pdq!)));

    /// <summary>An item with this look and nothing else in common.</summary>
    public static List<(HashKind, string, int?)> Looking(int item, Hash256 look) => [Bank.HashesOf(item)[2], (HashKind.Pdq, look.ToString(), 100)];
}
