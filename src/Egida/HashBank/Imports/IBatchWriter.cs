using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>Writes rows by the ten thousand, the way that is the database's own, within the action that has the turn.</summary>
internal interface IBatchWriter
{
    /// <param name="said">All contributions of the batch, a list for each statement.</param>
    void Write(BatchPlan plan, IReadOnlyList<List<Contribution>> said);

    public static IBatchWriter For(EgidaDb db) => db.Database.IsNpgsql() ? new PostgresWriter(db) : new SqliteWriter(db);
}
