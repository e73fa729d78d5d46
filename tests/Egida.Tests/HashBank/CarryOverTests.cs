using Egida.HashBank;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Egida.Tests.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>The upgrade of a bank that was kept in the first schema.</summary>
public sealed class CarryOverTests
{
    [Theory, OnBothDatabases]
    public async Task Records_of_the_first_schema_keep_their_hashes_their_people_and_their_state(DatabaseKind database)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("egida-upgrade-").FullName, "egida.db");
        await using EgidaDb db = database == DatabaseKind.Sqlite
            ? new SqliteEgidaDb(new DbContextOptionsBuilder<SqliteEgidaDb>().UseSqlite($"Data Source={file};Pooling=false").Options)
            : new PostgresEgidaDb(new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql(await (await PostgresServer.Running()).CreateEmptyDatabase()).Options);
        await db.GetService<IMigrator>().MigrateAsync("Initial");
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Before(db, one, "Confirmed", Bank.HashesOf(1), hour: 1);
        await Before(db, two, "Withdrawn", Bank.HashesOf(2), hour: 2);

        await db.Database.MigrateAsync();

        var records = await db.Set<HashRecord>().OrderBy(r => r.Id).ToListAsync();
        Assert.Equal([(1, HashRecordState.Confirmed), (2, HashRecordState.Withdrawn)], records.Select(r => (r.Id.Value, r.State)));
        Assert.Equal(Bank.HashesOf(1).Select(h => h.Value), ItemHashes.Of(records[0]).Select(h => HashText.TextOf(h.Kind, h.Value)));
        Assert.Equal((byte)100, records[0].PdqQuality);
        foreach (var record in records)
        {
            var holds = WhatHolds.Of(await RecordBook.WordsOf(db, record.Id, CancellationToken.None));
            Assert.Equal((record.State, record.ClassificationId), (holds.State, holds.Classification));
        }

        Assert.Equal(Bank.Labels, (await db.Set<Classification>().SingleAsync()).Labels);
        var head = await db.Set<BankHead>().SingleAsync();
        Assert.Equal((2, 2L), (head.Records, head.Changes));
        Assert.NotNull(head.Bank);
    }

    private static async Task Before(EgidaDb db, Guid id, string state, IEnumerable<(HashKind Kind, string Value, int? Quality)> hashes, int hour)
    {
        var at = new DateTime(2026, 11, 26, hour, 0, 0, DateTimeKind.Utc);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO hash_records ("Id", "State", "Labels", "ProposedBy", "ProposedAt", "ConfirmedBy", "ConfirmedAt", "Version")
            VALUES ({id}, {state}, {Bank.Labels}, {Bank.Person(1).Value}, {at}, {Bank.Person(2).Value}, {at}, 1)
            """);
        foreach (var (kind, value, quality) in hashes)
        {
            await db.Database.ExecuteSqlAsync($"""INSERT INTO record_hashes ("RecordId", "Kind", "Value", "Quality") VALUES ({id}, {kind.ToString()}, {value}, {quality})""");
        }
    }
}
