using System.Data;
using Egida.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Egida.HashBank;

/// <summary>
/// One state of the database, from which a whole answer is read: nothing that is committed meanwhile is half in it, so any node gives the same answer at the
/// same change number. It only reads and lets writers go on.
/// </summary>
internal sealed class BankMoment : IAsyncDisposable
{
    private readonly EgidaDb db;
    private readonly IDbContextTransaction transaction;
    private readonly SqliteTransaction? deferred;

    private BankMoment(EgidaDb db, IDbContextTransaction transaction, SqliteTransaction? deferred) => (this.db, this.transaction, this.deferred) = (db, transaction, deferred);

    public static async Task<BankMoment> Begin(EgidaDb db, CancellationToken cancellation)
    {
        if (!db.Database.IsSqlite())
        {
            return new(db, await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation), null);
        }

        await db.Database.OpenConnectionAsync(cancellation);
        // Not deferred, SQLite would let one writer in at a time, and this is none.
        var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new(db, (await db.Database.UseTransactionAsync(deferred, cancellation))!, deferred);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (deferred is not null)
        {
            await deferred.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}
