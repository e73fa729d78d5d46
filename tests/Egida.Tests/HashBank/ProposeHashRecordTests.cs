using Egida.HashBank;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank;

public sealed class ProposeHashRecordTests
{
    [Theory, OnBothDatabases]
    public async Task What_a_person_says_about_an_item_that_a_list_brought_is_kept_beside_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("list", Trust.Proposes);
        await host.Import("list", [Row(1, 1)]);
        var record = new HashRecordId(1);
        Assert.Equal(HashRecordState.Proposed, (await host.Get(record)).State);

        // The list opened it, so nothing is proposed; but the word counts, with the SHA-256 that the list hadn't.
        Assert.Null(await Propose(host, by: 2));

        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        Assert.NotNull((await host.Get(record)).Sha256);
        Assert.Equal(1, await Said(host, by: 2));
        // Said by somebody here it isn't said again, by them or by another.
        var before = await host.Changes();
        Assert.Null(await Propose(host, by: 2));
        Assert.Null(await Propose(host, by: 3));
        Assert.Equal((before, 1, 0), (await host.Changes(), await Said(host, by: 2), await Said(host, by: 3)));
    }

    private static Task<HashRecordId?> Propose(EgidaHost host, int by) => host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
        services.GetRequiredService<ActionBook>(), new(Bank.Person(by), null, null, Bank.Labels, Bank.HashesOf(1)), CancellationToken.None));

    private static Task<int> Said(EgidaHost host, int by)
    {
        var person = Bank.Person(by);
        return host.Read(db => db.Set<Contribution>().CountAsync(c => c.Says == Says.Known && db.Set<Statement>().Any(s => s.Id == c.StatementId && s.By == person)));
    }
}
