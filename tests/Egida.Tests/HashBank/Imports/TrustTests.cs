using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Tests.Harness;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Imports;

/// <summary>What a source's word counts for can change; then what holds about everything it said changes with it.</summary>
public sealed class TrustTests
{
    [Theory, OnBothDatabases]
    public async Task A_change_of_trust_decides_anew_about_all_that_the_source_said_and_nothing_else(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var source = (await host.Admit("lab"))!.Value;
        await host.Admit("other");
        await host.Import("lab", Enumerable.Range(1, 20).Select(i => (ImportRow)Row(i, i)));
        await host.Import("other", Enumerable.Range(11, 20).Select(i => (ImportRow)Row(i, i)), "other");
        await host.RunWork();
        var before = await host.Records();

        var outcome = await host.InScope((ChangeTrust change) => change.Handle(source, Trust.Proposes, Bank.Person(1), "It copies other lists.", CancellationToken.None));
        await host.RunWork();

        var records = await host.Records();
        Assert.Equal(SpokenOutcome.Done, outcome);
        Assert.All(records, r => Assert.Equal(r.Id.Value <= 10 ? HashRecordState.Proposed : HashRecordState.Confirmed, r.State));
        Assert.All(records.Zip(before), pair => Assert.Equal(pair.First.Id.Value <= 10, pair.First.Change > pair.Second.Change));
    }

    [Fact]
    public async Task It_needs_a_reason_and_a_source_that_exists()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var source = (await host.Admit("lab"))!.Value;

        Assert.Equal(SpokenOutcome.ReasonMissing, await Change(source, Trust.Notes, " "));
        Assert.Equal(SpokenOutcome.NothingToDo, await Change(source, Trust.Confirms, "because"));
        Assert.Equal(SpokenOutcome.NotFound, await Change(HashSource.House, Trust.Notes, "because"));

        Task<SpokenOutcome> Change(short id, Trust trust, string reason) => host.InScope((ChangeTrust change) => change.Handle(id, trust, Bank.Person(1), reason, CancellationToken.None));
    }

    [Theory]
    [InlineData("lab", "Lab", "Confirms", "")]
    [InlineData("Lab", "Lab", "Confirms", "code")]
    [InlineData("taken", "Lab", "Confirms", "code")]
    [InlineData("lab", "", "5", "name trust")]
    public void A_source_has_a_code_a_name_and_a_trust(string code, string name, string trust, string wrong) =>
        Assert.Equal(wrong, string.Join(' ', AdmitSource.Decide(new(code, name, trust), ["taken"])));
}
