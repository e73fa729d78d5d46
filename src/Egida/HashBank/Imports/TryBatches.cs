using System.Runtime.InteropServices;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>A dry run: decides as if, takes no turn, writes nothing. New items are known by their prints alone.</summary>
internal sealed class TryBatches : IKeepBatch
{
    private readonly IServiceScopeFactory scopes;
    private readonly KnownBank known;
    private readonly ImportReport report;
    private readonly KeptClassifications classifications = new();
    private BankHead? head;
    private int onFile;

    public TryBatches(IServiceScopeFactory scopes, KnownBank known, ImportRun run, ImportReport report)
    {
        (this.scopes, this.known, this.report, Run) = (scopes, known, report, run);
        known.Try();
    }

    public ImportRun Run { get; }

    public async Task<BatchPlan?> Keep(List<PreparedRow> rows, long position, ReadMark? mark, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
        if (head is null)
        {
            head = await db.Set<BankHead>().AsNoTracking().SingleAsync(cancellation);
            onFile = head.Records;
        }

        var source = await db.Set<HashSource>().AsNoTracking().SingleAsync(s => s.Id == Run.SourceId, cancellation);
        var held = await HeldRecords.Read(db, known, rows, source.Id, cancellation);
        await classifications.Learn(db, head, rows, cancellation);
        var plan = new BatchDecision(known, held, head, onFile, source.Id, source.Trust, classifications.Of).Decide(CollectionsMarshal.AsSpan(rows));
        Run.Counts += plan.Counts;
        Run.Withdrawn += plan.Withdrawn;
        Run.Keep(rows[plan.Rows - 1].Row.Place, position, mark);
        report.Write(plan.Refused);
        return plan;
    }
}
