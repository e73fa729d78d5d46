using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Lists;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Merging;

/// <summary>Merges on merges, undone in whatever order that is allowed: nothing is lost, nothing stays behind.</summary>
public sealed class MergeModelTests
{
    private const int Items = 8;

    [Theory, OnBothDatabases]
    public async Task However_merges_were_put_on_and_taken_off_in_the_end_each_record_is_what_it_was(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var random = new Random(20_261_126);
        List<HashRecordId> records = [];
        for (var item = 1; item <= Items; item++)
        {
            // Some look the same, so that two merges bring the same hash.
            records.Add(await (item % 2 == 0 ? host.Known(item, Merges.Version(item / 3, item)) : host.Record(item)));
        }

        var before = await Shapes(host);
        List<HashMergeId> done = [];
        for (var act = 0; act < 30; act++)
        {
            if (random.Next(3) > 0 && await host.TryMerge(records[random.Next(Items)], records[random.Next(Items)]) is MergeRecords.Outcome.Made made)
            {
                Assert.Equal(SettleMerge.Outcome.Done, await host.ConfirmMerge(made.Merge));
                done.Add(made.Merge);
            }
            else if (done.Count > 0 && await host.UndoMerge(done[random.Next(done.Count)]) == SettleMerge.Outcome.Done)
            {
                done = await host.Read(db => db.Set<HashMerge>().Where(m => m.State == MergeState.Done).Select(m => m.Id).ToListAsync());
            }

            await EveryHashLeadsToTheSurvivor(host, before.Keys);
        }

        while (done.Count > 0)
        {
            foreach (var merge in done) await host.UndoMerge(merge);
            done = await host.Read(db => db.Set<HashMerge>().Where(m => m.State == MergeState.Done).Select(m => m.Id).ToListAsync());
        }

        Assert.Equal(before, await Shapes(host));
    }

    [Theory, OnBothDatabases]
    public async Task A_list_drops_the_merged_number_and_has_its_hashes_under_the_survivor_in_one_delta(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        (await partner.Open()).Dispose();

        var merge = await host.Merged(one, other);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunWork();
        using (var list = await partner.Open())
        {
            Assert.Equal([one.Value], list.Find(Sha256(2)).Select(m => (int)m.Number));
            Assert.Equal([one.Value], list.FindNear([Bank.Look(2)]).Select(m => (int)m.Number).Distinct());
            Assert.Equal([one.Value], list.Find(Sha256(1)).Select(m => (int)m.Number));
        }

        // Separated, it is right at once.
        await host.UndoMerge(merge);
        await host.RunWork();
        using var apart = await partner.Open();
        Assert.Equal([other.Value], apart.Find(Sha256(2)).Select(m => (int)m.Number));
        Assert.Equal([one.Value], apart.Find(Sha256(1)).Select(m => (int)m.Number));
    }

    private static HashSearch.Sha256Hash Sha256(int item) => HashSearch.Sha256Hash.FromBytes(System.Security.Cryptography.SHA256.HashData(Bank.Bytes(item)));

    private static async Task EveryHashLeadsToTheSurvivor(EgidaHost host, IEnumerable<int> records)
    {
        foreach (var id in records)
        {
            var record = await host.Get(new(id));
            var survivor = record.MergedInto?.Value ?? id;
            Assert.Null((await host.Get(new(survivor))).MergedInto);
            foreach (var (kind, value, _) in ItemHashes.Of(record))
            {
                Assert.Contains(survivor, await host.Find(kind, Convert.ToHexStringLower(value)));
            }
        }
    }

    private static async Task<SortedDictionary<int, string>> Shapes(EgidaHost host)
    {
        var further = (await host.Read(db => db.Set<FurtherHash>().AsNoTracking().ToListAsync())).ToLookup(f => f.RecordId);
        return new((await host.Read(db => db.Set<HashRecord>().AsNoTracking().ToListAsync())).ToDictionary(
            r => r.Id.Value,
            r => $"{r.State} {r.Flags} {r.ClassificationId} {r.MergedInto} {string.Join(' ', ItemHashes.Of(r).Select(h => Convert.ToHexString(h.Value)))} + {string.Join(' ', further[r.Id].Select(f => Convert.ToHexString(f.Value)))}"));
    }
}
