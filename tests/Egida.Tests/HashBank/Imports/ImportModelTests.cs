using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Imports;

/// <summary>
/// Random rows of several sources, interrupted anywhere, people in between: what is in the bank afterwards is what <see cref="RecordBook"/> makes of the same rows one
/// after the other, each in an action of its own.
/// </summary>
public sealed class ImportModelTests
{
    private const int Items = 30;

    private static readonly (string Code, Trust Trust)[] Sources = [("notes", Trust.Notes), ("proposes", Trust.Proposes), ("confirms", Trust.Confirms)];

    private static readonly Classification?[] Classifications = [null, Classification.Of("one", "{}"), Classification.Of("one", """{"a":["b"]}"""), Classification.Of("two", "{}", """{"PL":"illegal"}""")];

    [Theory, OnBothDatabases(1), OnBothDatabases(2)]
    public async Task The_result_is_that_of_one_row_after_the_other(DatabaseKind database, int seed)
    {
        await using var bulk = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:ImportBatch"] = "11", ["HashBank:BrakeNumber"] = "100000" });
        await using var single = await EgidaHost.Start(DatabaseKind.Sqlite);
        foreach (var (code, trust) in Sources)
        {
            await bulk.Admit(code, trust);
            await single.Admit(code, trust);
        }

        var random = new Random(seed);
        for (var file = 0; file < 6; file++)
        {
            var source = random.Next(Sources.Length);
            var rows = Enumerable.Range(1, 60).Select(place => Random(random, place)).ToList();
            await Interrupted(bulk, Sources[source].Code, rows, $"file {file}", random.Next(60));
            foreach (var row in rows)
            {
                await OneByOne(single, (short)(source + 2), row);
            }

            await Person(random, bulk, single);
            Assert.Equal(await Described(single), await Described(bulk));
        }
    }

    private static ImportRow.Item Random(Random random, long place)
    {
        var item = random.Next(Items);
        var says = random.Next(8) switch { 0 => Says.TakesBack, 1 => Says.Benign, _ => Says.Known };
        var hashes = Hashes(item, md5: random.Next(2) == 0, sha1: random.Next(2) == 0, sha256: random.Next(3) == 0, pdq: random.Next(2) == 0);
        return Row(place, item, says, classification: says == Says.TakesBack ? null : Classifications[random.Next(Classifications.Length)], hashes: hashes.IsEmpty ? Hashes(item, pdq: false) : hashes);
    }

    /// <summary>Breaks off once, then goes on.</summary>
    private static async Task Interrupted(EgidaHost host, string source, List<ImportRow.Item> rows, string name, int after)
    {
        await Assert.ThrowsAsync<IOException>(() => host.Import(source, BreaksAfter(rows, after), name));
        Assert.Equal(ImportState.Done, (await host.Import(source, rows, name)).State);
    }

    private static Task OneByOne(EgidaHost host, short source, ImportRow.Item row) => host.InScope(async (IServiceProvider services) =>
    {
        var (book, db) = (services.GetRequiredService<RecordBook>(), services.GetRequiredService<EgidaDb>());
        var action = services.GetRequiredService<ActionBook>().Begin(ProposeHashRecord.Kind, Actor.System("test"), "test:1");
        await book.Open(action, CancellationToken.None);
        var record = await book.Find(row.Hashes, CancellationToken.None);
        var last = record is null ? null : (await RecordBook.WordsOf(db, record.Id, CancellationToken.None)).Where(w => w.Source == source).OrderBy(w => w.Order).Select(w => (WhatHolds.Word?)w).LastOrDefault();
        var classification = row.Classification is null ? null : await db.Set<Classification>().AsNoTracking().SingleOrDefaultAsync(c => c.Key == row.Classification.Key);
        var isSame = last is { } word && word.Says == row.Says && word.Classification == classification?.Id && (row.Classification is null) == (classification is null);
        if (row.Says == Says.TakesBack ? last is not { IsStance: true } : isSame && !Completes(record!, row.Hashes))
        {
            await action.Leave();
            return;
        }

        var statement = book.Begin(action, new RecordBook.Speaker(source, null));
        record ??= book.New(row.Hashes, statement);
        if (row.Says != Says.TakesBack) RecordBook.Complete(record, row.Hashes);
        if (!isSame) await book.Contribute(record, statement, row.Says, row.Classification is null ? null : Copy(row.Classification), CancellationToken.None);
        else record.Change = ++(await db.Set<BankHead>().SingleAsync()).Changes;
        await action.Commit(CancellationToken.None);
    });

    private static bool Completes(HashRecord record, ItemHashes hashes) =>
        (record.Md5 is null && hashes.Md5 is not null) || (record.Sha1 is null && hashes.Sha1 is not null) || (record.Sha256 is null && hashes.Sha256 is not null) || (record.Pdq is null && hashes.Pdq is not null);

    private static Classification Copy(Classification of) => Classification.Of(of.Scheme, of.Labels, of.Outcomes, of.Law, of.Series);

    /// <summary>Somebody confirms or disputes the same record in both.</summary>
    private static async Task Person(Random random, params EgidaHost[] hosts)
    {
        var (record, disputes) = (new HashRecordId(random.Next(1, 10)), random.Next(2) == 0);
        foreach (var host in hosts)
        {
            if (disputes) await host.InScope((DisputeHashRecord dispute) => dispute.Handle(record, Bank.Person(1), "in doubt", CancellationToken.None));
            else await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(2), CancellationToken.None));
        }
    }

    /// <summary>Records in their order, without the numbers of statements and classifications, which are given out in another order.</summary>
    private static async Task<List<string>> Described(EgidaHost host)
    {
        var classifications = await host.Read(db => db.Set<Classification>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => $"{c.Scheme} {c.Labels}"));
        return (await host.Records()).ConvertAll(r =>
            $"{r.Id} {r.State} {r.IsBenign} {(r.ClassificationId is { } id ? classifications[id] : "-")} {Hex(r.Md5)} {Hex(r.Sha1)} {Hex(r.Sha256)} {Hex(r.Pdq)}");

        static string Hex(byte[]? hash) => hash is null ? "-" : Convert.ToHexStringLower(hash)[..6];
    }
}
