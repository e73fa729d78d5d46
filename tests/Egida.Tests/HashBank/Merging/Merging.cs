using System.Security.Cryptography;
using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Merging;

/// <summary>Records that are one item, and what people make of them.</summary>
internal static class Merges
{
    /// <summary>The same picture as an item, saved anew: other bytes, a look so many bits away.</summary>
    public static List<(HashKind, string, int?)> Version(int item, int version, int bits = 4) =>
    [
        (HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData([.. Bank.Bytes(item), (byte)version])), null),
        (HashKind.Pdq, Bank.Near(item, bits).ToString(), 100),
    ];

    public static async Task<HashMergeId> Merge(this EgidaHost host, HashRecordId one, HashRecordId other, int by = 3) =>
        Assert.IsType<MergeRecords.Outcome.Made>(await host.TryMerge(one, other, by)).Merge;

    public static Task<MergeRecords.Outcome> TryMerge(this EgidaHost host, HashRecordId one, HashRecordId other, int by = 3) =>
        host.InScope((MergeRecords merge) => merge.Handle(one, other, Bank.Person(by), "the same picture, saved smaller", CancellationToken.None));

    public static Task<SettleMerge.Outcome> ConfirmMerge(this EgidaHost host, HashMergeId merge, int by = 4) =>
        host.InScope((SettleMerge settle) => settle.Confirm(merge, Bank.Person(by), CancellationToken.None));

    public static Task<SettleMerge.Outcome> UndoMerge(this EgidaHost host, HashMergeId merge, int by = 5) =>
        host.InScope((UndoMerge undo) => undo.Handle(merge, Bank.Person(by), "another picture after all", CancellationToken.None));

    /// <summary>Both say that they are one.</summary>
    public static async Task<HashMergeId> Merged(this EgidaHost host, HashRecordId one, HashRecordId other)
    {
        var merge = await host.Merge(one, other);
        Assert.Equal(SettleMerge.Outcome.Done, await host.ConfirmMerge(merge));
        return merge;
    }

    /// <summary>What the bank finds by one hash, in whatever state.</summary>
    public static async Task<List<int>> Find(this EgidaHost host, HashKind kind, string value, int radius = 0) =>
        [.. (await host.InScope((BankSearch search) => search.Find([new(kind, Convert.FromHexString(value), radius)], CancellationToken.None)))[0].Select(h => h.Record.Id.Value).Order()];

    public static Task<List<FurtherHash>> Further(this EgidaHost host, HashRecordId record) =>
        host.Read(db => db.Set<FurtherHash>().AsNoTracking().Where(h => h.RecordId == record).OrderBy(h => h.Kind).ThenBy(h => h.Ordinal).ToListAsync());
}
