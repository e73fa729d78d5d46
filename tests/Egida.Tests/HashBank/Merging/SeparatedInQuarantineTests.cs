using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.HashBank.Partners.Floods;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Partners;

namespace Egida.Tests.HashBank.Merging;

public sealed class SeparatedInQuarantineTests
{
    private static readonly Dictionary<string, string> Small = new() { ["HashBank:Floods:Floor"] = "5", ["HashBank:Floods:Factor"] = "2" };

    [Theory, OnBothDatabases]
    public async Task Who_leaves_a_survivor_in_quarantine_is_in_doubt_until_people_have_looked(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, Small);
        var (one, other, merge) = await Flooded(host);

        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        Assert.True((await host.Get(one)).Flags.HasFlag(RecordFlags.Quarantined));
        Assert.Equal(HashRecordState.Disputed, (await host.Get(other)).State);
    }

    [Theory, OnBothDatabases]
    public async Task Who_leaves_a_survivor_that_was_let_go_is_in_no_doubt(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, Small);
        var (one, other, merge) = await Flooded(host);
        await host.InScope((ReleaseHashRecord release) => release.Handle(one, Bank.Person(6), "it is being passed around", CancellationToken.None));

        await host.UndoMerge(merge);

        Assert.Equal((HashRecordState.Confirmed, HashRecordState.Confirmed), ((await host.Get(one)).State, (await host.Get(other)).State));
    }

    /// <summary>Two that are one, and whose looks match so often that they are in quarantine.</summary>
    private static async Task<(HashRecordId One, HashRecordId Other, HashMergeId Merge)> Flooded(EgidaHost host)
    {
        var (one, other) = (await host.Known(1), await host.Known(2));
        var merge = await host.Merged(one, other);
        using var partner = await host.Partner();
        (await partner.Ask([.. Enumerable.Range(0, 6).Select(bits => PartnerClient.Pdq(Bank.Near(2, bits), 31))])).Dispose();
        Assert.True((await host.Get(one)).Flags.HasFlag(RecordFlags.Quarantined));
        return (one, other, merge);
    }
}
