using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>Finds the import of this file that didn't come to its end, or begins one.</summary>
internal sealed class BeginImport(EgidaDb db, ActionBook actions, KnownBank known, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("hash-bank.begin-import");

    public async Task<ImportRun> Handle(ImportOrder order, CancellationToken cancellation)
    {
        var source = await db.Set<HashSource>().AsNoTracking().SingleOrDefaultAsync(s => s.Code == order.Source, cancellation);
        if (source is null or { Id: HashSource.House })
        {
            var codes = await db.Set<HashSource>().Where(s => s.Id != HashSource.House).OrderBy(s => s.Code).Select(s => s.Code).ToListAsync(cancellation);
            throw new ImportImpossibleException($"There is no source '{order.Source}' to import from. {(codes.Count == 0 ? "None is admitted yet" : $"There are: {string.Join(", ", codes)}")}. A source is admitted on the page Imports.");
        }

        var begun = order.IsDry || order.IsAnew ? null : await db.Set<ImportRun>().AsNoTracking()
            .Where(r => r.SourceId == source.Id && r.Format == order.Format && r.Fingerprint == order.Fingerprint && r.State != ImportState.Done && r.State != ImportState.Abandoned)
            .OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation);
        if (begun is not null)
        {
            if (begun.MayGoOn) begun.State = ImportState.Running;
            return begun;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var run = new ImportRun
        {
            Id = Id.New<ImportRunId>(clock),
            SourceId = source.Id,
            Format = order.Format,
            Name = order.Name.Length > 200 ? order.Name[^200..] : order.Name,
            Fingerprint = order.Fingerprint,
            Length = order.Length,
            StartedAt = now,
            LastAt = now,
            StoodBefore = source.Standing,
        };
        return order.IsDry ? run : await Begin(run, cancellation);
    }

    private async Task<ImportRun> Begin(ImportRun run, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("import"), run.Id.Subject);
        await action.TakeTurn(cancellation);
        var head = await db.Set<BankHead>().SingleAsync(cancellation);
        head.Bank ??= Guid.CreateVersion7(clock.GetUtcNow());
        await known.Follow(db, head.Bank.Value, head.Changes, cancellation);
        db.Add(run);
        action.Emit(new HashImportBegun(run.Id, run.SourceId, run.Format, Convert.ToHexStringLower(run.Fingerprint)));
        await action.Commit(cancellation);
        return run;
    }
}
