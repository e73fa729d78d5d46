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

    public static async Task AddTold(EgidaDb db, HashPartnerId partner, DateTime at, IReadOnlyList<KeyValuePair<int, int>> times, CancellationToken cancellation)
    {
        foreach (var chunk in times.Chunk(Together))
        {
            await using var command = Command(db, chunk.Aggregate(
                new StringBuilder("""INSERT INTO hash_records_told ("RecordId", "PartnerId", "FirstAt", "LastAt", "Times") VALUES """),
                (sql, row) => sql.Append(CultureInfo.InvariantCulture, $"({row.Key}, @partner, @at, @at, {row.Value}),"),
                sql => sql.Remove(sql.Length - 1, 1).Append("""
                     ON CONFLICT ("RecordId", "PartnerId") DO UPDATE SET "LastAt" = excluded."LastAt", "Times" = hash_records_told."Times" + excluded."Times"
                    """)).ToString());
            Add(command, "@partner", partner.Value);
            Add(command, "@at", at);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

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
