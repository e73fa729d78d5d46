using System.Runtime.InteropServices;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>Some ten thousand rows of a source are decided and written while everybody else waits for a fraction of a second, with one entry in the log.</summary>
internal sealed class KeepBatch(EgidaDb db, ActionBook actions, ImportBrake brake, HoldImport hold)
{
    public static readonly ActionKind Kind = new("hash-bank.import-hashes");

    public async Task<BatchPlan?> Handle(
        ImportRun run, List<PreparedRow> rows, long position, ReadMark? mark, KnownBank known, KeptClassifications classifications, ImportReport report, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("import"), run.Id.Subject);
        await action.TakeTurn(cancellation);
        var head = await db.Set<BankHead>().SingleAsync(cancellation);
        await known.Follow(db, head.Bank!.Value, head.Changes, cancellation);
        var source = await db.Set<HashSource>().SingleAsync(s => s.Id == run.SourceId, cancellation);
        var held = await HeldRecords.Read(db, known, rows, source.Id, cancellation);
        await classifications.Learn(db, head, rows, cancellation);
        var statement = head.Statements + 1;
        var plan = new BatchDecision(known, held, head, head.Records, source.Id, source.Trust, classifications.Of).Decide(CollectionsMarshal.AsSpan(rows));
        if (plan.Withdrawn > 0 && run.ReleasedBy is null && brake.Holds(run.Withdrawn + plan.Withdrawn + await hold.Lately(run, action.Now, cancellation), run.StoodBefore))
        {
            await action.Leave();
            await hold.Handle(run, plan.Withdrawn, cancellation);
            return null;
        }

        // From here on the run says that these rows are kept: nobody stops it any more until they are.
        report.Write(plan.Refused);
        run.Counts += plan.Counts;
        run.Withdrawn += plan.Withdrawn;
        run.Keep(rows[plan.Rows - 1].Row.Place, position, mark);
        (run.LastAt, run.ReportLength) = (action.Now, report.Length);
        if (plan.IsEmpty)
        {
            await action.Leave();
            classifications.Forget();
            return plan;
        }

        IBatchWriter.For(db).Write(plan, plan.Said);
        (int, byte[])? last = null;
        foreach (var said in plan.Said)
        {
            var digest = ContributionDigest.Of(said);
            last = (statement, digest);
            db.Add(new Statement { Id = statement, SourceId = source.Id, At = action.Now, Import = run.Id, Records = said.Count, Digest = digest });
            action.Emit(new HashesImported(run.Id, statement++, said.Count, Convert.ToHexStringLower(digest)));
        }

        source.Standing += plan.StandingChange;
        (await db.Set<ImportRun>().SingleAsync(r => r.Id == run.Id, CancellationToken.None)).Reached(run);
        await action.Commit(CancellationToken.None);
        known.Moved(head.Changes, last);
        return plan;
    }
}
