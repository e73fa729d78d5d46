using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>What the public form asks while everybody else who writes waits doesn't take longer the more was ever sent.</summary>
public sealed class DisputePlansTests
{
    [Theory, OnBothDatabases]
    public async Task What_the_brake_counts_is_found_by_its_time_and_no_more_of_it_than_matters(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);

        var plan = await PlanOf(host, db => FileDispute.Counted(db, host.Clock.Now.AddHours(-1), 40));

        Assert.Contains("IX_hash_dispute_filings_Party_At", plan, StringComparison.Ordinal);
        Assert.Matches(@"At""? ?>", plan);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
    }

    /// <summary>PostgreSQL chooses among the indexes by what the table holds.</summary>
    [Fact]
    public async Task A_party_s_flood_is_found_without_its_other_cases()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);

        var plan = await PlanOf(host, db => FileDispute.OpenFlood(db, DisputeParty.Person, null));

        Assert.Contains("IX_hash_disputes_State_Party_PartnerId", plan, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_came_above_the_brake_never_counts_for_it_not_even_when_it_is_released(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var terms = new DisputeTerms(48, 14, 3, 24, 60, 3, 2, 25);
        await Send(2);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await Send(1);
        var flood = await host.Read(db => db.Set<DisputeCase>().SingleAsync(c => c.IsFlood));
        await host.InScope((SettleFlood settle) => settle.Release(flood.Id, Bank.Person(5), CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromMinutes(31));

        await Send(3);

        Assert.Equal(
            [false, false, true, false, false, true], await host.Read(db => db.Set<DisputeFiling>().OrderBy(f => f.Number).Select(f => f.IsAboveBrake).ToListAsync()));

        async Task Send(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
                    new(DisputeParty.Person, null, DisputeReason.Other, "mine", "en"), CancellationToken.None));
            }
        }
    }

    /// <summary>What the database would do, in its own words; nothing is read by the rows that happen to be there.</summary>
    private static Task<string> PlanOf<T>(EgidaHost host, Func<EgidaDb, IQueryable<T>> query) => host.Read(async db =>
    {
        var isPostgres = db.Database.IsNpgsql();
        await db.Database.OpenConnectionAsync();
        if (isPostgres)
        {
            await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        }

        await using var command = query(db).CreateDbCommand();
        command.CommandText = $"{(isPostgres ? "EXPLAIN" : "EXPLAIN QUERY PLAN")} {command.CommandText}";
        await using var steps = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await steps.ReadAsync())
        {
            plan.Add(steps.GetString(isPostgres ? 0 : 3));
        }

        return string.Join('\n', plan);
    });
}
