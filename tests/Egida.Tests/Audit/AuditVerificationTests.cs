using Egida.Audit;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Audit;

public sealed class AuditVerificationTests
{
    [Theory, OnBothDatabases]
    public async Task An_untouched_log_is_sound(DatabaseKind database)
    {
        await using var host = await WithEntries(database, 9);
        var sound = Assert.IsType<AuditVerification.Result.Sound>(await Verify(host));
        Assert.Equal(9, sound.Size);
    }

    [Theory, OnBothDatabases]
    public async Task A_changed_byte_names_its_entry(DatabaseKind database)
    {
        await using var host = await WithEntries(database, 9);
        await host.InScope((EgidaDb db) => db.Set<AuditEntry>().Where(e => e.Seq == 4)
            .ExecuteUpdateAsync(s => s.SetProperty(e => e.Data, e => e.Data.Replace("sample:4", "sample:5"))));
        Assert.Equal(4, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host)).Seq);
    }

    [Theory]
    [OnBothDatabases("actor")]
    [OnBothDatabases("action")]
    [OnBothDatabases("subject")]
    [OnBothDatabases("at")]
    [OnBothDatabases("at-microsecond")]
    [OnBothDatabases("reason")]
    [OnBothDatabases("reason-taken-out")]
    [OnBothDatabases("root")]
    [OnBothDatabases("signature")]
    public async Task A_changed_column_names_its_entry(DatabaseKind database, string column)
    {
        await using var host = await WithEntries(database, 6);
        await host.InScope((EgidaDb db) =>
        {
            var third = db.Set<AuditEntry>().Where(e => e.Seq == 3);
            return column switch
            {
                "actor" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Actor, "public")),
                "action" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Action, "sample.other")),
                "subject" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Subject, "sample:9")),
                "at" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.At, host.Clock.Now.AddHours(1))),
                "at-microsecond" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.At, host.Clock.Now.AddMicroseconds(1))),
                "reason-taken-out" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Reason, (string?)null).SetProperty(e => e.ReasonSalt, (byte[]?)null)),
                "reason" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Reason, "another reason")),
                "root" => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Root, new byte[32])),
                _ => third.ExecuteUpdateAsync(s => s.SetProperty(e => e.Signature, new byte[70])),
            };
        });
        Assert.Equal(3, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host)).Seq);
    }

    /// <summary>Whatever byte of the row's stored text or bytes is turned, the row is named: SQLite lets us turn any of them.</summary>
    [Fact]
    public async Task Any_turned_byte_of_any_column_names_its_entry()
    {
        await using var host = await WithEntries(DatabaseKind.Sqlite, 6);
        var random = new Random(26);
        foreach (var column in (string[])["Data", "Actor", "Action", "Subject", "At", "Reason", "ReasonSalt", "Root", "Signature"])
        {
            for (var tries = 0; tries < 12; tries++)
            {
                var seq = random.Next(6);
                await host.InScope(async (EgidaDb db) =>
                {
                    await using var transaction = await db.Database.BeginTransactionAsync();
                    var stored = (byte[])(await Scalar(db, $"SELECT CAST(\"{column}\" AS BLOB) FROM audit_entries WHERE \"Seq\" = {seq}"))!;
                    var at = random.Next(stored.Length);
                    stored[at] ^= (byte)(1 << random.Next(8));
                    var type = column is "ReasonSalt" or "Root" or "Signature" ? "BLOB" : "TEXT";
                    await Scalar(db, $"UPDATE audit_entries SET \"{column}\" = CAST(x'{Convert.ToHexString(stored)}' AS {type}) WHERE \"Seq\" = {seq}");
                    var result = await AuditVerification.Verify(db, host.Services.GetRequiredService<AuditKey>().Signing, null, CancellationToken.None);
                    Assert.True(result is AuditVerification.Result.Bad bad && bad.Seq == seq, $"{column}, byte {at} of entry {seq}: {result}");
                    await transaction.RollbackAsync();
                });
            }
        }

        Assert.IsType<AuditVerification.Result.Sound>(await Verify(host));
    }

    [Theory, OnBothDatabases]
    public async Task A_dropped_entry_is_named(DatabaseKind database)
    {
        await using var host = await WithEntries(database, 9);
        await host.InScope((EgidaDb db) => db.Set<AuditEntry>().Where(e => e.Seq == 2).ExecuteDeleteAsync());
        Assert.Equal(2, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host)).Seq);
    }

    [Theory, OnBothDatabases]
    public async Task Two_entries_that_changed_places_are_found_at_the_first(DatabaseKind database)
    {
        await using var host = await WithEntries(database, 9);
        await host.InScope(async (EgidaDb db) =>
        {
            await db.Set<AuditEntry>().Where(e => e.Seq == 5).ExecuteUpdateAsync(s => s.SetProperty(e => e.Seq, 100));
            await db.Set<AuditEntry>().Where(e => e.Seq == 6).ExecuteUpdateAsync(s => s.SetProperty(e => e.Seq, 5));
            await db.Set<AuditEntry>().Where(e => e.Seq == 100).ExecuteUpdateAsync(s => s.SetProperty(e => e.Seq, 6));
        });
        Assert.Equal(5, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host)).Seq);
    }

    [Theory, OnBothDatabases]
    public async Task A_cut_off_end_is_found_by_the_head_and_by_a_kept_checkpoint(DatabaseKind database)
    {
        await using var host = await WithEntries(database, 9);
        var before = Assert.IsType<AuditVerification.Result.Sound>(await Verify(host));
        var third = await host.Read(db => db.Set<AuditEntry>().AsNoTracking().SingleAsync(e => e.Seq == 2));
        await host.InScope((EgidaDb db) => db.Set<AuditEntry>().Where(e => e.Seq >= 7).ExecuteDeleteAsync());
        Assert.Equal(7, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host)).Seq);

        // Whoever also sets the head back is caught by the checkpoint that lies elsewhere.
        await host.InScope(async (EgidaDb db) =>
        {
            var tree = new MerkleTree();
            await foreach (var entry in db.Set<AuditEntry>().OrderBy(e => e.Seq).AsAsyncEnumerable())
            {
                tree.Append(MerkleTree.Leaf(System.Text.Encoding.UTF8.GetBytes(entry.Data)));
            }

            await db.Set<AuditHead>().ExecuteUpdateAsync(s => s.SetProperty(h => h.Size, tree.Size).SetProperty(h => h.Edge, tree.Edge));
        });
        Assert.IsType<AuditVerification.Result.Sound>(await Verify(host));
        Assert.IsType<AuditVerification.Result.Sound>(await Verify(host, new AuditVerification.Witnessed(3, third.Root)));
        Assert.Equal(7, Assert.IsType<AuditVerification.Result.Bad>(await Verify(host, new AuditVerification.Witnessed(before.Size, before.Root))).Seq);
    }

    [Theory, OnBothDatabases]
    public async Task A_reason_lies_in_the_leaf_only_as_a_salted_commitment(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Act(reason: "because a person said so");
        var entry = await host.Read(db => db.Set<AuditEntry>().SingleAsync());
        Assert.DoesNotContain("because", entry.Data, StringComparison.Ordinal);
        Assert.Equal("because a person said so", entry.Reason);
    }

    private static async Task<object?> Scalar(EgidaDb db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<EgidaHost> WithEntries(DatabaseKind database, int count)
    {
        var host = await EgidaHost.Start(database);
        for (var i = 0; i < count; i++)
        {
            var number = i;
            await host.Act($"sample:{i}", $"reason {i}", action => action.Emit(new SampleHappened(number)));
        }

        return host;
    }

    private static Task<AuditVerification.Result> Verify(EgidaHost host, AuditVerification.Witnessed? witnessed = null) =>
        host.Read(db => AuditVerification.Verify(db, host.Services.GetRequiredService<AuditKey>().Signing, witnessed, CancellationToken.None));
}
