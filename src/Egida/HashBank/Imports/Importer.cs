using System.Threading.Channels;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>
/// Takes a source's rows into the bank: read on one thread, decided and written on another, a batch an action (docs/decisions/0100). The memory it takes doesn't grow with the file.
/// </summary>
internal sealed class Importer(IServiceScopeFactory scopes, KnownBank known, ImportReports reports, IConfiguration configuration)
{
    /// <summary>One import at a time in a process: what it knows of the bank is one table.</summary>
    private readonly SemaphoreSlim running = new(1);
    private readonly int size = configuration.GetValue("HashBank:ImportBatch", 1 << 15);

    /// <param name="progress">Told after each batch; not to be kept.</param>
    /// <returns>The run as it stands: done, held for a person, or broken.</returns>
    /// <exception cref="ImportImpossibleException">It can't begin.</exception>
    /// <exception cref="OperationCanceledException">It was stopped. The same order goes on where it was.</exception>
    public async Task<ImportRun> Run(ImportOrder order, Action<ImportRun>? progress, CancellationToken cancellation)
    {
        await running.WaitAsync(cancellation);
        try
        {
            return await RunAlone(order, progress, cancellation);
        }
        finally
        {
            running.Release();
        }
    }

    private async Task<ImportRun> RunAlone(ImportOrder order, Action<ImportRun>? progress, CancellationToken cancellation)
    {
        await CatchUp(cancellation);
        try
        {
            return await GoOn(order, progress, cancellation);
        }
        catch (OtherContentException)
        {
            // It only looks like the file whose import was interrupted, which can still go on with that one. Nothing of this one was kept or left out.
            return await GoOn(order with { IsAnew = true }, progress, cancellation);
        }
    }

    private async Task<ImportRun> GoOn(ImportOrder order, Action<ImportRun>? progress, CancellationToken cancellation)
    {
        var run = await InScope((BeginImport begin) => begin.Handle(order, cancellation));
        if (!run.MayGoOn)
        {
            return run;
        }

        // What was kept before this was noted can't be compared: that begins anew, and nothing of it changes anything twice.
        order.Mark?.Expect(run.Place == 0 ? null : run.MarkDigest is { } digest ? new ReadMark(run.MarkLength, digest) : throw new OtherContentException());
        using var report = reports.Open(run);
        var keep = order.IsDry ? (IKeepBatch)new TryBatches(scopes, known, run, report) : new KeepBatches(scopes, known, run, report);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await Keep(BatchReader.Read(order, known.Print, run.SourceId, run.Place, size, reading.Token), keep, progress, cancellation);
            if (run.State != ImportState.Held) run.State = ImportState.Done;
        }
        catch (ImportRefusedException e)
        {
            (run.State, run.Problem) = (ImportState.Broken, e.Message);
        }
        catch (OperationCanceledException)
        {
            run.State = ImportState.Stopped;
            if (!order.IsDry) await InScope((EndImport end) => end.Handle(run, CancellationToken.None));
            throw;
        }
        finally
        {
            await reading.CancelAsync();
        }

        if (!order.IsDry && run.State != ImportState.Held) await InScope((EndImport end) => end.Handle(run, cancellation));
        return run;
    }

    private static async Task Keep(ChannelReader<BatchReader.Batch> batches, IKeepBatch keep, Action<ImportRun>? progress, CancellationToken cancellation)
    {
        await foreach (var batch in batches.ReadAllAsync(cancellation))
        {
            var rows = batch.Rows;
            while (rows.Count > 0)
            {
                var plan = await keep.Keep(rows, batch.Position, batch.Mark, cancellation);
                if (plan is null)
                {
                    return;
                }

                rows = plan.Rows == rows.Count ? [] : rows.GetRange(plan.Rows, rows.Count - plan.Rows);
                progress?.Invoke(keep.Run);
            }
        }
    }

    /// <summary>What was changed since the last import is read without anybody's having to wait.</summary>
    private Task CatchUp(CancellationToken cancellation) => InScope(async (EgidaDb db) =>
    {
        var head = await db.Set<BankHead>().AsNoTracking().SingleAsync(cancellation);
        // A bank without records has no identity yet.
        await known.Follow(db, head.Bank ?? Guid.Empty, head.Changes, cancellation);
        return head;
    });

    private async Task<TResult> InScope<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}

/// <summary>Keeps batches, or tries them.</summary>
internal interface IKeepBatch
{
    /// <summary>As it stands, with what this process knows of it.</summary>
    ImportRun Run { get; }

    /// <returns>What was decided of the rows' begin; null if the import is held before them.</returns>
    Task<BatchPlan?> Keep(List<PreparedRow> rows, long position, ReadMark? mark, CancellationToken cancellation);
}
