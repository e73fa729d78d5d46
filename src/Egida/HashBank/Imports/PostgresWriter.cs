using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Egida.HashBank.Imports;

/// <summary>COPY in its binary form; what changes goes into a table of the transaction first.</summary>
internal sealed class PostgresWriter(EgidaDb db) : IBatchWriter
{
    private const string Records = """ "Id", "State", "IsBenign", "Flags", "ClassificationId", "OpenedBy", "Change", "Md5", "Sha1", "Sha256", "Pdq", "PdqQuality", "Version" """;

    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();

    public void Write(BatchPlan plan, IReadOnlyList<List<Contribution>> said)
    {
        Copy(plan.New, "hash_records", Records, Row);
        if (plan.Changed.Count > 0)
        {
            Update(plan.Changed);
        }

        Copy(said.SelectMany(s => s), "hash_contributions", """ "RecordId", "StatementId", "Says", "ClassificationId", "Flags" """, (to, row) =>
        {
            to.Write(row.RecordId.Value, NpgsqlDbType.Integer);
            to.Write(row.StatementId, NpgsqlDbType.Integer);
            to.Write((short)row.Says, NpgsqlDbType.Smallint);
            Write(to, row.ClassificationId);
            to.Write((short)row.Flags, NpgsqlDbType.Smallint);
        });
        if (plan.Further.Count > 0) Copy(plan.Further, "further_hashes", """ "RecordId", "Kind", "Ordinal", "Value", "Quality", "Name" """, Row);
        if (plan.EntriesRemoved.Count > 0) Remove(plan.EntriesRemoved);
        if (plan.EntriesAdded.Count > 0) Copy(plan.EntriesAdded, "hash_source_entries", """ "RecordId", "SourceId", "Key" """, Row);
    }

    private void Copy<TRow>(IEnumerable<TRow> rows, string table, string columns, Action<NpgsqlBinaryImporter, TRow> write)
    {
        using var copy = connection.BeginBinaryImport($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            copy.StartRow();
            write(copy, row);
        }

        copy.Complete();
    }

    private void Update(List<HeldRecord> changed)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS changed_hash_records (LIKE hash_records) ON COMMIT DELETE ROWS");
        Copy(changed, "changed_hash_records", Records, Row);
        Run("""
            UPDATE hash_records r SET "State" = c."State", "IsBenign" = c."IsBenign", "Flags" = c."Flags", "ClassificationId" = c."ClassificationId", "Change" = c."Change",
            "Md5" = c."Md5", "Sha1" = c."Sha1", "Sha256" = c."Sha256", "Pdq" = c."Pdq", "PdqQuality" = c."PdqQuality", "Version" = r."Version" + 1
            FROM changed_hash_records c WHERE c."Id" = r."Id"
            """);
    }

    private void Remove(List<SourceEntry> entries)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS removed_hash_source_entries (LIKE hash_source_entries) ON COMMIT DELETE ROWS");
        Copy(entries, "removed_hash_source_entries", """ "RecordId", "SourceId", "Key" """, Row);
        Run("""
            DELETE FROM hash_source_entries e USING removed_hash_source_entries r WHERE e."RecordId" = r."RecordId" AND e."SourceId" = r."SourceId" AND e."Key" = r."Key"
            """);
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static void Row(NpgsqlBinaryImporter to, HeldRecord held)
    {
        var record = held.Record;
        to.Write(record.Id.Value, NpgsqlDbType.Integer);
        to.Write((short)record.State, NpgsqlDbType.Smallint);
        to.Write(record.IsBenign, NpgsqlDbType.Boolean);
        to.Write((short)record.Flags, NpgsqlDbType.Smallint);
        Write(to, record.ClassificationId);
        to.Write(record.OpenedBy, NpgsqlDbType.Integer);
        to.Write(record.Change, NpgsqlDbType.Bigint);
        Write(to, record.Md5);
        Write(to, record.Sha1);
        Write(to, record.Sha256);
        Write(to, record.Pdq);
        Write(to, record.PdqQuality);
        to.Write(record.Version, NpgsqlDbType.Integer);
    }

    private static void Row(NpgsqlBinaryImporter to, FurtherHash hash)
    {
        to.Write(hash.RecordId.Value, NpgsqlDbType.Integer);
        to.Write((short)hash.Kind, NpgsqlDbType.Smallint);
        to.Write(hash.Ordinal, NpgsqlDbType.Integer);
        Write(to, hash.Value);
        Write(to, hash.Quality);
        if (hash.Name is null) to.WriteNull();
        else to.Write(hash.Name, NpgsqlDbType.Varchar);
    }

    private static void Row(NpgsqlBinaryImporter to, SourceEntry entry)
    {
        to.Write(entry.RecordId.Value, NpgsqlDbType.Integer);
        to.Write(entry.SourceId, NpgsqlDbType.Smallint);
        to.Write(entry.Key, NpgsqlDbType.Varchar);
    }

    private static void Write(NpgsqlBinaryImporter to, int? value)
    {
        if (value is { } number) to.Write(number, NpgsqlDbType.Integer);
        else to.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter to, byte? value)
    {
        if (value is { } number) to.Write((short)number, NpgsqlDbType.Smallint);
        else to.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter to, byte[]? value)
    {
        if (value is null) to.WriteNull();
        else to.Write(value, NpgsqlDbType.Bytea);
    }
}
