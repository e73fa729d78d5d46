namespace Egida.HashBank.Imports;

/// <summary>Each batch an action of its own, in a scope of its own. Batches that change nothing are remembered and kept with the next that does.</summary>
internal sealed class KeepBatches(IServiceScopeFactory scopes, KnownBank known, ImportRun run, ImportReport report) : IKeepBatch
{
    private readonly KeptClassifications classifications = new();

    public ImportRun Run => run;

    public async Task<BatchPlan?> Keep(List<PreparedRow> rows, long position, ReadMark? mark, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<KeepBatch>().Handle(run, rows, position, mark, known, classifications, report, cancellation);
        }
        catch
        {
            classifications.Forget();
            throw;
        }
    }
}
