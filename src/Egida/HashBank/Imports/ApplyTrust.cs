using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

public sealed record HashSourceTrustApplied(short SourceId, int Records, int UpTo) : DomainEvent;

/// <summary>After a source's trust changed: what holds about each record that it spoke of, anew. A batch each time; killed, it goes on where it was.</summary>
internal sealed class ApplyTrust(EgidaDb db, ActionBook actions) : IWorkHandler
{
    public const string WorkKind = "hash-bank.apply-trust";

    public static readonly ActionKind Kind = new("hash-bank.apply-trust");

    private const int Step = 1 << 15;

    /// <summary>So many steps at once while nothing changes.</summary>
    private const int MostSteps = 32;

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("import"), "hash-source:trust");
        await action.TakeTurn(cancellation);
        var source = (await db.Set<HashSource>().ToListAsync(cancellation)).Find(s => SubjectOf(s.Id) == work.SubjectId);
        if (source?.TrustAppliedTo is not { } from)
        {
            await action.Leave();
            return new WorkOutcome.Done();
        }

        var head = await db.Set<BankHead>().SingleAsync(cancellation);
        var plan = new BatchPlan();
        for (var step = 0; step < MostSteps && plan.Changed.Count == 0 && from < head.Records; step++, from += Step)
        {
            await Decide(plan, head, source.Id, from, cancellation);
        }

        if (plan.Changed.Count > 0)
        {
            IBatchWriter.For(db).Write(plan, []);
        }

        var isDone = from >= head.Records;
        source.TrustAppliedTo = isDone ? null : from;
        action.Emit(new HashSourceTrustApplied(source.Id, plan.Changed.Count, Math.Min(from, head.Records)));
        if (isDone)
        {
            action.Completes(work);
        }

        await action.Commit(cancellation);
        return isDone ? new WorkOutcome.Done() : new WorkOutcome.Later(TimeSpan.Zero, "more records");
    }

    /// <summary>Work is about a Guid; a source has a small number.</summary>
    public static Guid SubjectOf(short source) => new(source, 0, 0, new byte[8]);

    private async Task Decide(BatchPlan plan, BankHead head, short source, int from, CancellationToken cancellation)
    {
        var spoken = await db.Database.SqlQuery<int>($"""
            SELECT DISTINCT c."RecordId" AS "Value" FROM hash_contributions c JOIN hash_statements s ON s."Id" = c."StatementId"
            WHERE s."SourceId" = {source} AND c."RecordId" > {from} AND c."RecordId" <= {from + Step}
            """).ToListAsync(cancellation);
        foreach (var held in (await HeldRecords.Read(db, spoken, cancellation)).Values.Where(h => h.Into is null).OrderBy(h => h.Record.Id.Value))
        {
            var (record, holds) = (held.Record, WhatHolds.Of(held.Words));
            if (holds != new WhatHolds.Result(record.State, record.IsBenign, record.Flags, record.ClassificationId))
            {
                record.Take(holds);
                record.Change = ++head.Changes;
                plan.Changed.Add(held);
            }
        }
    }
}
