using System.Data.Common;
using System.Globalization;
using System.Text;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Egida.HashBank.Partners;

/// <summary>
/// Adds thousands of notes at once, in the SQL that both databases understand, inside the action's transaction: reading each row first to raise it by one would cost
/// more than the look-up. Only whole numbers stand in the text; all else are parameters.
/// </summary>
internal static class AnswerTables
{
    private const int Together = 1000;

    /// <param name="Hits">Of the hour, with those just added.</param>
    /// <param name="Busiest">Of the hours before.</param>
    public readonly record struct HourSum(int Record, long Hits, long Busiest);

    /// <summary>Up to which statement and change the answers knew the bank: the oldest of them, and the newest.</summary>
    public readonly record struct Knew(int Statement, long FirstChange, long LastChange);

    public static async Task AddTold(EgidaDb db, HashPartnerId partner, DateTime at, Knew knew, IReadOnlyList<KeyValuePair<int, int>> times, CancellationToken cancellation)
    {
        foreach (var chunk in times.Chunk(Together))
        {
            await using var command = Command(db, $"""
                INSERT INTO hash_records_told ("RecordId", "PartnerId", "FirstAt", "FirstStatement", "FirstChange", "LastAt", "LastChange", "Times")
                VALUES {Rows(chunk, "@partner, @at, @statement, @first, @at, @last, ")}
                ON CONFLICT ("RecordId", "PartnerId") DO UPDATE SET "LastAt" = excluded."LastAt", "Times" = hash_records_told."Times" + excluded."Times",
                    "LastChange" = CASE WHEN hash_records_told."LastChange" > excluded."LastChange" THEN hash_records_told."LastChange" ELSE excluded."LastChange" END
                """);
            Add(command, "@partner", partner.Value);
            Add(command, "@at", at);
            Add(command, "@statement", knew.Statement);
            Add(command, "@first", knew.FirstChange);
            Add(command, "@last", knew.LastChange);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    public static async Task<List<HourSum>> AddHits(EgidaDb db, int hour, IReadOnlyList<KeyValuePair<int, int>> hits, CancellationToken cancellation)
    {
        var sums = new List<HourSum>(hits.Count);
        foreach (var chunk in hits.Chunk(Together))
        {
            await using var command = Command(db, $"""
                INSERT INTO hash_record_hits AS h ("RecordId", "Hour", "Busiest", "Hits")
                VALUES {Rows(chunk, "@hour, 0, ")}
                ON CONFLICT ("RecordId") DO UPDATE SET
                    "Busiest" = CASE WHEN h."Hour" = excluded."Hour" OR h."Busiest" > h."Hits" THEN h."Busiest" ELSE h."Hits" END,
                    "Hits" = CASE WHEN h."Hour" = excluded."Hour" THEN h."Hits" ELSE 0 END + excluded."Hits",
                    "Hour" = excluded."Hour"
                RETURNING "RecordId", "Hits", "Busiest"
                """);
            Add(command, "@hour", hour);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                sums.Add(new HourSum(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2)));
            }
        }

        return sums;
    }

    private static string Rows(KeyValuePair<int, int>[] rows, string between) => rows.Aggregate(
        new StringBuilder(rows.Length * 32),
        (sql, row) => sql.Append(CultureInfo.InvariantCulture, $"{(sql.Length == 0 ? "" : ", ")}({row.Key}, {between}{row.Value})"),
        sql => sql.ToString());

    private static DbCommand Command(EgidaDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
