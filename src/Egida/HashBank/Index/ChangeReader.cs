using System.Data.Common;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Egida.HashBank.Index;

/// <summary>The state of a bank as its database gives it.</summary>
/// <param name="Bank">Null while it has no record.</param>
internal readonly record struct BankTip(Guid? Bank, long Changes, long Entry, byte[] Root)
{
    public Witness Witness => new(Entry, Root, Changes);
}

/// <summary>Reads what changed, in the order of the changes. With plain commands: forty million rows are read when an index is made.</summary>
/// <remarks>The connection is open.</remarks>
internal sealed class ChangeReader(EgidaDb db)
{
    /// <summary>The bank's head and the end of the log, from one statement and so from one instant.</summary>
    public async Task<BankTip> Tip(CancellationToken cancellation)
    {
        await using var command = Command("""
            SELECT h."Bank", h."Changes", e."Seq", e."Root" FROM hash_bank_head h
            LEFT JOIN audit_entries e ON e."Seq" = (SELECT MAX("Seq") FROM audit_entries)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new BankTip(
            await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetGuid(0), reader.GetInt64(1),
            await reader.IsDBNullAsync(2, cancellation) ? -1 : reader.GetInt64(2), Bytes(reader, 3) ?? []);
    }

    /// <summary>The newest of these points that this database has been at.</summary>
    public async Task<Witness?> Newest(IReadOnlyList<Witness> witnesses, BankTip tip, CancellationToken cancellation)
    {
        foreach (var witness in witnesses.Reverse())
        {
            if (witness.Entry > tip.Entry) continue;
            if (witness.Entry < 0) return witness;
            var root = witness.Entry == tip.Entry ? tip.Root : await RootAt(witness.Entry, cancellation);
            if (root is not null && root.AsSpan().SequenceEqual(witness.Root)) return witness;
        }

        return null;
    }

    /// <summary>The next records above a change.</summary>
    public async Task<List<IndexedRecord>> Read(long after, int most, CancellationToken cancellation)
    {
        var records = new List<IndexedRecord>(most);
        await using (var command = Command("""
            SELECT "Id", "Change", "Md5", "Sha1", "Sha256", "Pdq", "PdqQuality" FROM hash_records WHERE "Change" > @after ORDER BY "Change" LIMIT @most
            """, ("after", after), ("most", most)))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                records.Add(new IndexedRecord(
                    reader.GetInt32(0), reader.GetInt64(1), Bytes(reader, 2), Bytes(reader, 3), Bytes(reader, 4), Bytes(reader, 5),
                    Byte(reader, 6), null));
            }
        }

        if (records.Count > 0) await AddFurther(records, cancellation);
        return records;
    }

    private async Task AddFurther(List<IndexedRecord> records, CancellationToken cancellation)
    {
        var (lowest, highest) = (records.Min(r => r.Id), records.Max(r => r.Id));
        var found = new Dictionary<int, List<(HashKind, byte[], byte?)>>();
        // Records of one import lie together, and then asking for all of the range is one walk; else they are asked for one by one.
        await using (var command = highest - lowest < 4L * records.Count
            ? Command("""SELECT "RecordId", "Kind", "Value", "Quality" FROM further_hashes WHERE "RecordId" BETWEEN @lowest AND @highest""", ("lowest", lowest), ("highest", highest))
            : Command("""
                SELECT f."RecordId", f."Kind", f."Value", f."Quality" FROM hash_records r JOIN further_hashes f ON f."RecordId" = r."Id" WHERE r."Change" BETWEEN @first AND @last
                """, ("first", records[0].Change), ("last", records[^1].Change)))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var record = reader.GetInt32(0);
                if (!found.TryGetValue(record, out var hashes)) found.Add(record, hashes = []);
                hashes.Add(((HashKind)reader.GetInt16(1), Bytes(reader, 2)!, Byte(reader, 3)));
            }
        }

        for (var i = 0; found.Count > 0 && i < records.Count; i++)
        {
            if (found.TryGetValue(records[i].Id, out var hashes)) records[i] = records[i] with { Further = hashes };
        }
    }

    private async Task<byte[]?> RootAt(long entry, CancellationToken cancellation)
    {
        await using var command = Command("""SELECT "Root" FROM audit_entries WHERE "Seq" = @entry""", ("entry", entry));
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    private static byte[]? Bytes(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static byte? Byte(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : (byte)reader.GetInt16(column);

    private DbCommand Command(string text, params ReadOnlySpan<(string Name, long Value)> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        // Within what the caller has begun: it sees its own state of the bank.
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
