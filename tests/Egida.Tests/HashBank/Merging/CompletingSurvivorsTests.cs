using System.Text;
using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Egida.Tests.HashBank.Imports.Importing;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Merging;

/// <summary>What comes to a survivor while it stands for another file doesn't become its own: it would stay when they are separated.</summary>
public sealed class CompletingSurvivorsTests
{
    [Theory, OnBothDatabases]
    public async Task An_import_with_the_merged_ones_digests_leaves_the_survivor_as_it_is_and_the_entry_with_whom_it_is_about(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var one = await host.Record(1, Look(1));
        await host.Import("lab", [Row(1, 2, key: "entry-2", hashes: Hashes(2, md5: false, sha1: false, sha256: true))]);
        var other = new HashRecordId(2);
        var before = (await Digests(host, one), await Digests(host, other));
        var merge = await host.Merged(one, other);

        var run = await host.Import("lab", [Row(1, 2, key: "entry-2", hashes: Hashes(2, sha256: true))], "again");
        Assert.Equal((0, 0, 1), (run.Counts.New, run.Counts.Completed, run.Counts.Same));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        Assert.Equal(before, (await Digests(host, one), await Digests(host, other)));
        Assert.Equal([other.Value], await host.Find(HashKind.Sha256, Bank.HashesOf(2)[2].Value));
        // The list comes once more: it is about the separated one, which now gets the new digests.
        await host.Import("lab", [Row(1, 2, key: "entry-2", hashes: Hashes(2, sha256: true))], "once more");
        Assert.Equal(other, (await host.Read(db => db.Set<SourceEntry>().AsNoTracking().SingleAsync())).RecordId);
        Assert.Equal([other.Value], await host.Find(HashKind.Md5, Bank.HashesOf(2)[0].Value));
        Assert.Equal((before.Item1, HashRecordState.Proposed), (await Digests(host, one), (await host.Get(other)).State));
    }

    [Theory, OnBothDatabases]
    public async Task A_proposal_with_the_merged_ones_digests_leaves_the_survivor_as_it_is(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        await host.Import("lab", [
            Row(1, 1, hashes: Hashes(1, md5: false, sha1: false)),
            Row(2, 2, hashes: Hashes(2, md5: false, sha1: false, sha256: true)),
        ]);
        var (one, other) = (new HashRecordId(1), new HashRecordId(2));
        var before = (await Digests(host, one), await Digests(host, other));
        var merge = await host.Merged(one, other);

        await host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(ProposeHashRecord.Kind, Actor.Of(Bank.Person(1)), "test:1");
            await services.GetRequiredService<ProposeHashRecord>().Propose(action, new(Bank.Person(1), null, null, Bank.Labels, Bank.HashesOf(2)), CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });

        Assert.Equal(HashRecordState.Confirmed, (await host.Get(one)).State);
        await host.UndoMerge(merge);
        Assert.Equal(before, (await Digests(host, one), await Digests(host, other)));
    }

    [Theory, OnBothDatabases]
    public async Task A_look_that_the_merge_gave_brings_nothing_along(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        await host.Import("lab", [Row(1, 1, hashes: Others("a")), Row(2, 2, hashes: Hashes(2, md5: false, sha1: false))]);
        var (one, other) = (new HashRecordId(1), new HashRecordId(2));
        var before = (await Digests(host, one), await Digests(host, other));
        var merge = await host.Merged(one, other);

        var brought = new ItemHashes { Pdq = Bank.Look(2).ToByteArray(), Further = Others("b").Further };
        var run = await host.Import("lab", [Row(1, 2, hashes: brought)], "more");
        Assert.Equal((0, 0), (run.Counts.New, run.Counts.Completed));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        Assert.Equal(before, (await Digests(host, one), await Digests(host, other)));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_of_the_survivors_own_bytes_completes_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var one = await host.Record(1, [Bank.HashesOf(1)[2]]);
        var other = await host.Record(2);
        await host.Merged(one, other);

        var run = await host.Import("lab", [Row(1, 1, hashes: Hashes(1, pdq: false, sha256: true))]);

        Assert.Equal((0, 1), (run.Counts.New, run.Counts.Completed));
        Assert.Equal(Hashes(1).Sha1, (await host.Get(one)).Sha1);
    }

    private static List<(HashKind, string, int?)> Look(int item) => [Bank.HashesOf(item)[3]];

    private static ItemHashes Others(string text) => new() { Further = [(HashKind.Other, "lab-hash", Encoding.UTF8.GetBytes(text), null)] };

    private static async Task<string> Digests(EgidaHost host, HashRecordId id) =>
        string.Join(' ', [
            .. ItemHashes.Of(await host.Get(id)).Select(h => $"{h.Kind}:{Convert.ToHexString(h.Value)}"),
            .. (await host.Further(id)).Select(h => $"{h.Kind}:{Convert.ToHexString(h.Value)}")]);
}
