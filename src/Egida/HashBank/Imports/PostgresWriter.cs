using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Egida.HashBank.Imports;

/// <summary>COPY in its binary form; what changes goes into a table of the transaction first.</summary>
internal sealed class PostgresWriter(EgidaDb db) : IBatchWriter
{
    private static readonly string[] RecordColumns =
        ["Id", "State", "IsBenign", "Flags", "ClassificationId", "OpenedBy", "Change", "Md5", "Sha1", "Sha256", "Pdq", "PdqQuality", "Version"];

    private static readonly string[] EntryColumns = ["RecordId", "SourceId", "Key"];

    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();

    public void Write(BatchPlan plan, IReadOnlyList<List<Contribution>> said)
    {
        CopyRecords(plan.New, "hash_records");
        if (plan.Changed.Count > 0)
        {
            Update(plan.Changed);
        }

        Copy(said);
        if (plan.Further.Count > 0) Copy(plan.Further);
        if (plan.EntriesRemoved.Count > 0) Remove(plan.EntriesRemoved);
        if (plan.EntriesAdded.Count > 0) Copy(plan.EntriesAdded, "hash_source_entries");
    }

    private void CopyRecords(List<HeldRecord> records, string table)
    {
        using var copy = new PostgresRows(connection, table, RecordColumns);
        foreach (var held in records)
        {
            var record = held.Record;
            copy.Bind(record.Id.Value).Bind((short)record.State).Bind(record.IsBenign).Bind((short)record.Flags).Bind(record.ClassificationId).Bind(record.OpenedBy).Bind(record.Change)
                .Bind(record.Md5).Bind(record.Sha1).Bind(record.Sha256).Bind(record.Pdq).Bind((short?)record.PdqQuality).Bind(record.Version);
        }

        copy.Complete();
    }

    private void Copy(IReadOnlyList<List<Contribution>> said)
    {
        using var copy = new PostgresRows(connection, "hash_contributions", "RecordId", "StatementId", "Says", "ClassificationId", "Flags");
        foreach (var statement in said)
        {
            foreach (var row in statement)
            {
                copy.Bind(row.RecordId.Value).Bind(row.StatementId).Bind((short)row.Says).Bind(row.ClassificationId).Bind((short)row.Flags);
            }
        }

        copy.Complete();
    }

    private void Copy(List<FurtherHash> hashes)
    {
        using var copy = new PostgresRows(connection, "further_hashes", "RecordId", "Kind", "Ordinal", "Value", "Quality", "Name");
        foreach (var hash in hashes)
        {
            copy.Bind(hash.RecordId.Value).Bind((short)hash.Kind).Bind(hash.Ordinal).Bind(hash.Value).Bind((short?)hash.Quality).Bind(hash.Name);
        }

        copy.Complete();
    }

    private void Copy(List<SourceEntry> entries, string table)
    {
        using var copy = new PostgresRows(connection, table, EntryColumns);
        foreach (var entry in entries)
        {
            copy.Bind(entry.RecordId.Value).Bind(entry.SourceId).Bind(entry.Key);
        }

        copy.Complete();
    }

    private void Update(List<HeldRecord> changed)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS changed_hash_records (LIKE hash_records) ON COMMIT DELETE ROWS");
        CopyRecords(changed, "changed_hash_records");
        Run("""
            UPDATE hash_records r SET "State" = c."State", "IsBenign" = c."IsBenign", "Flags" = c."Flags", "ClassificationId" = c."ClassificationId", "Change" = c."Change",
            "Md5" = c."Md5", "Sha1" = c."Sha1", "Sha256" = c."Sha256", "Pdq" = c."Pdq", "PdqQuality" = c."PdqQuality", "Version" = r."Version" + 1
            FROM changed_hash_records c WHERE c."Id" = r."Id"
            """);
    }

    private void Remove(List<SourceEntry> entries)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS removed_hash_source_entries (LIKE hash_source_entries) ON COMMIT DELETE ROWS");
        Copy(entries, "removed_hash_source_entries");
        Run("""
            DELETE FROM hash_source_entries e USING removed_hash_source_entries r WHERE e."RecordId" = r."RecordId" AND e."SourceId" = r."SourceId" AND e."Key" = r."Key"
            """);
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
