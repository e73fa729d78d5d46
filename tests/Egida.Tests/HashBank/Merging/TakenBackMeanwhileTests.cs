using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Merging;

/// <summary>A source doesn't know of merges: what it takes back it takes back of the record that it had spoken about.</summary>
public sealed class TakenBackMeanwhileTests
{
    [Theory]
    [OnBothDatabases("entry-2")]
    [OnBothDatabases("")]
    public async Task What_a_source_takes_back_while_two_are_one_does_not_come_back_when_they_are_separated(DatabaseKind database, string name)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var key = name.Length == 0 ? null : name;
        var one = await host.Record(1);
        await host.Import("lab", [Row(1, 2, key: key)]);
        var other = new HashRecordId(2);
        var merge = await host.Merged(one, other);
        Assert.Equal(1, await Standing(host));

        await host.Import("lab", [Row(1, 2, Says.TakesBack, key: key)], "tombstones");
        Assert.Equal(0, await Standing(host));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        Assert.Equal((HashRecordState.Proposed, HashRecordState.Withdrawn), await States(host, one, other));
        Assert.Equal(0, await Standing(host));
        // The file comes again: the source stands for it anew.
        await host.Import("lab", [Row(1, 2, key: key)], "again");
        Assert.Equal((HashRecordState.Proposed, HashRecordState.Proposed), await States(host, one, other));
        Assert.Equal(1, await Standing(host));
    }

    [Theory]
    [OnBothDatabases(1)]
    [OnBothDatabases(2)]
    public async Task Of_a_source_that_had_entries_about_both_only_the_one_is_taken_back_that_is_gone(DatabaseKind database, int gone)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        await host.Import("lab", [Row(1, 1, key: "entry-1"), Row(2, 2, key: "entry-2")]);
        var (one, other) = (new HashRecordId(1), new HashRecordId(2));
        var merge = await host.Merged(one, other);

        await host.Import("lab", [Row(1, gone, Says.TakesBack, key: $"entry-{gone}")], "tombstones");
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(one)).State);
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        var (withdrawn, stays) = (HashRecordState.Withdrawn, HashRecordState.Confirmed);
        Assert.Equal(gone == 1 ? (withdrawn, stays) : (stays, withdrawn), await States(host, one, other));
        Assert.Equal(1, await Standing(host));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_source_takes_back_of_both_is_gone_of_both(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        await host.Import("lab", [Row(1, 1), Row(2, 2)]);
        var (one, other) = (new HashRecordId(1), new HashRecordId(2));
        var merge = await host.Merged(one, other);
        Assert.Equal(2, await Standing(host));

        await host.Import("lab", [Row(1, 2, Says.TakesBack)], "tombstones");
        await host.UndoMerge(merge);

        Assert.Equal((HashRecordState.Withdrawn, HashRecordState.Withdrawn), await States(host, one, other));
        Assert.Equal(0, await Standing(host));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_source_took_back_and_said_again_stands_after_they_are_separated_for_what_it_is_about(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var one = await host.Record(1);
        await host.Import("lab", [Row(1, 2, key: "entry-2")]);
        var merge = await host.Merged(one, new(2));

        await host.Import("lab", [Row(1, 2, Says.TakesBack, key: "entry-2")], "tombstones");
        await host.Import("lab", [Row(1, 2, key: "entry-2")], "again");
        await host.UndoMerge(merge);

        // The first has one person's word as before, and not the list's about the second.
        Assert.Equal((HashRecordState.Proposed, HashRecordState.Proposed), await States(host, one, new(2)));
        Assert.Equal(1, await Standing(host));
        Assert.Equal(new HashRecordId(2), (await host.Read(db => db.Set<SourceEntry>().AsNoTracking().SingleAsync())).RecordId);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_taken_back_comes_down_through_merges_upon_merges(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var (one, two) = (await host.Known(1), await host.Record(2));
        await host.Import("lab", [Row(1, 3)]);
        var three = new HashRecordId(3);
        var inner = await host.Merged(two, three);
        var outer = await host.Merged(one, two);
        Assert.Equal(one, (await host.Get(three)).MergedInto);

        await host.Import("lab", [Row(1, 3, Says.TakesBack)], "tombstones");
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(outer));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(inner));

        Assert.Equal(HashRecordState.Withdrawn, (await host.Get(three)).State);
        Assert.Equal((HashRecordState.Confirmed, HashRecordState.Proposed), await States(host, one, two));
        Assert.Equal(0, await Standing(host));
    }

    private static async Task<(HashRecordState, HashRecordState)> States(EgidaHost host, HashRecordId one, HashRecordId other) => ((await host.Get(one)).State, (await host.Get(other)).State);

    /// <summary>For how many records the source is said to stand.</summary>
    private static Task<int> Standing(EgidaHost host) => host.Read(db => db.Set<HashSource>().Where(s => s.Code == "lab").Select(s => s.Standing).SingleAsync());
}
