using Egida.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Egida.HashBank.Imports;

/// <summary>One prepared statement a table, bound row by row and run for many of them.</summary>
internal sealed class SqliteWriter(EgidaDb db) : IBatchWriter
{
    /// <summary>
    /// In pages. With a whole batch in memory no page is written twice; and a log that may become longer is brought into the file once for a dozen batches, and not for each.
    /// </summary>
    private const string RoomForBatches = "PRAGMA cache_size = 8192; PRAGMA wal_autocheckpoint = 16384";

    private readonly SqliteConnection connection = (SqliteConnection)db.Database.GetDbConnection();

    public void Write(BatchPlan plan, IReadOnlyList<List<Contribution>> said)
    {
        using (var room = new SqliteCommand(RoomForBatches, connection, (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction())) room.ExecuteNonQuery();
        using (var insert = new SqliteRows(connection, plan.New.Count, "hash_records", "Id", "State", "IsBenign", "Flags", "ClassificationId", "OpenedBy", "Change", "Md5", "Sha1", "Sha256", "Pdq", "PdqQuality", "Version"))
        {
            foreach (var held in plan.New)
            {
                var record = held.Record;
                insert.Bind(record.Id.Value).Bind((byte)record.State).Bind(record.IsBenign ? 1 : 0).Bind((byte)record.Flags).Bind(record.ClassificationId).Bind(record.OpenedBy).Bind(record.Change)
                    .Bind(record.Md5).Bind(record.Sha1).Bind(record.Sha256).Bind(record.Pdq).Bind(record.PdqQuality).Bind(0).Run();
            }
        }

        if (plan.Changed.Count > 0)
        {
            Update(plan.Changed);
        }

        using (var insert = new SqliteRows(connection, said.Sum(s => s.Count), "hash_contributions", "RecordId", "StatementId", "Says", "ClassificationId", "Flags"))
        {
            foreach (var statement in said)
            {
                foreach (var row in statement)
                {
                    insert.Bind(row.RecordId.Value).Bind(row.StatementId).Bind((byte)row.Says).Bind(row.ClassificationId).Bind((byte)row.Flags).Run();
                }
            }
        }

        using (var insert = new SqliteRows(connection, plan.Further.Count, "further_hashes", "RecordId", "Kind", "Ordinal", "Value", "Quality", "Name"))
        {
            foreach (var hash in plan.Further)
            {
                insert.Bind(hash.RecordId.Value).Bind((byte)hash.Kind).Bind(hash.Ordinal).Bind(hash.Value).Bind(hash.Quality).Bind(hash.Name).Run();
            }
        }

        using (var delete = new SqliteRows(connection, """DELETE FROM hash_source_entries WHERE "RecordId" = ? AND "SourceId" = ? AND "Key" = ?"""))
        {
            foreach (var entry in plan.EntriesRemoved)
            {
                delete.Bind(entry.RecordId.Value).Bind(entry.SourceId).Bind(entry.Key).Run();
            }
        }

        using (var insert = new SqliteRows(connection, plan.EntriesAdded.Count, "hash_source_entries", "RecordId", "SourceId", "Key"))
        {
            foreach (var entry in plan.EntriesAdded)
            {
                insert.Bind(entry.RecordId.Value).Bind(entry.SourceId).Bind(entry.Key).Run();
            }
        }
    }

    private void Update(List<HeldRecord> changed)
    {
        using var update = new SqliteRows(connection, """
            UPDATE hash_records SET "State" = ?, "IsBenign" = ?, "Flags" = ?, "ClassificationId" = ?, "Change" = ?, "Md5" = ?, "Sha1" = ?, "Sha256" = ?, "Pdq" = ?, "PdqQuality" = ?,
            "Version" = "Version" + 1 WHERE "Id" = ?
            """);
        foreach (var held in changed)
        {
            var record = held.Record;
            update.Bind((byte)record.State).Bind(record.IsBenign ? 1 : 0).Bind((byte)record.Flags).Bind(record.ClassificationId).Bind(record.Change)
                .Bind(record.Md5).Bind(record.Sha1).Bind(record.Sha256).Bind(record.Pdq).Bind(record.PdqQuality).Bind(record.Id.Value).Run();
        }
    }
}
