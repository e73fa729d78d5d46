using System.Text.Json;
using Egida.Audit;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Egida.Platform.Actions;

/// <summary>
/// The one way to write. Made with what is being done, by whom, why and when; <see cref="Commit"/> saves the changed entities, the events,
/// the audit entry and the outgoing work in one transaction, or nothing.
/// </summary>
public sealed class ActionContext
{
    private readonly AuditLog audit;
    private readonly EventRoutes routes;
    private readonly List<DomainEvent> events = [];
    private readonly List<NewWork> work = [];
    private WorkItem? completed;
    private IDbContextTransaction? turn;
    private bool committed;

    internal ActionContext(EgidaDb db, AuditLog audit, EventRoutes routes, TimeProvider clock, ActionKind kind, Actor actor, string subject, string? reason)
    {
        if (kind.ReasonRequired && string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidOperationException($"The action {kind.Name} needs a reason: ask the person for it before beginning.");
        }

        this.audit = audit;
        this.routes = routes;
        (Db, Clock, Kind, Actor, Subject, Reason) = (db, clock, kind, actor, subject, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        var now = clock.GetUtcNow().UtcDateTime;
        Now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public EgidaDb Db { get; }

    public TimeProvider Clock { get; }

    public ActionKind Kind { get; }

    public Actor Actor { get; }

    /// <summary>`item:ID`, `staff:ID`, … : what the log and the events are filed under.</summary>
    public string Subject { get; }

    public string? Reason { get; }

    /// <summary>The instant of this action, UTC: one for everything it writes.</summary>
    public DateTime Now { get; }

    public void Emit(DomainEvent fact) => events.Add(fact);

    public void Enqueue(NewWork todo) => work.Add(todo);

    /// <summary>This action is the effect of that piece of work: both commit together, and only while the lease still holds.</summary>
    public void Completes(WorkItem done) => completed = done;

    /// <summary>
    /// From here until <see cref="Commit"/> or <see cref="Leave"/> no other action commits: what is read now is still true then, and numbers taken now follow
    /// the order of commits. To be taken late and held briefly, because everybody else who writes waits.
    /// </summary>
    public async Task TakeTurn(CancellationToken cancellation)
    {
        if (turn is null)
        {
            turn = await Db.Database.BeginTransactionAsync(cancellation);
            await audit.Wait(cancellation);
        }
    }

    /// <summary>Gives the turn back without having written anything.</summary>
    public async Task Leave()
    {
        if (turn is not null)
        {
            await turn.DisposeAsync();
            turn = null;
        }
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the same thing, or the lease was lost: nothing was written.</exception>
    public async Task Commit(CancellationToken cancellation)
    {
        if (committed)
        {
            throw new InvalidOperationException("An action commits once.");
        }

        await using var transaction = turn ?? await Db.Database.BeginTransactionAsync(cancellation);
        turn = null;
        var seq = await audit.Append(this, events, cancellation);
        foreach (var fact in events)
        {
            Db.Add(new EventEntry
            {
                AuditSeq = seq,
                Type = fact.GetType().Name,
                Subject = Subject,
                At = Now,
                Data = JsonSerializer.Serialize(fact, fact.GetType(), DomainEvent.Json),
            });
        }

        if (completed is not null)
        {
            Db.Attach(completed);
            completed.DoneAt = Now;
            completed.LeasedUntil = null;
            Db.Entry(completed).Property(w => w.DoneAt).IsModified = true;
        }

        foreach (var todo in work.Concat(events.SelectMany(e => routes.WorkFor(e, Now))))
        {
            await Order(todo, cancellation);
        }

        foreach (var entry in Db.ChangeTracker.Entries<Versioned>().Where(e => e.State is EntityState.Modified))
        {
            entry.Entity.Rise();
        }

        // The one place where anything is saved.
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        committed = true;
    }

    /// <summary>
    /// Waiting work of the same kind, subject and key stays as it is, finished work is ordered anew. Whoever is doing it right now loses the lease:
    /// they may have looked before this action, so what they found counts no more and it is done again.
    /// </summary>
    private async Task Order(NewWork todo, CancellationToken cancellation)
    {
        var due = todo.DueAt ?? Now;
        if (completed is not null && Same(completed))
        {
            (completed.DoneAt, completed.DueAt, completed.Attempts, completed.Lost, completed.LastProblem) = (null, due, 0, 0, null);
            return;
        }

        if (Db.ChangeTracker.Entries<WorkItem>().Any(e => e.State == EntityState.Added && Same(e.Entity)))
        {
            return;
        }

        // Touches the row whatever its state: until this action commits or fails nobody can take the work or close it.
        var known = await Db.Set<WorkItem>()
            .Where(w => w.Kind == todo.Kind && w.SubjectId == todo.SubjectId && w.Key == todo.Key)
            .ExecuteUpdateAsync(
                s => s.SetProperty(w => w.DueAt, w => w.DoneAt != null || w.ParkedAt != null || w.LeasedUntil != null ? due : w.DueAt)
                    .SetProperty(w => w.Attempts, w => w.DoneAt != null || w.ParkedAt != null ? 0 : w.Attempts)
                    .SetProperty(w => w.Lost, w => w.DoneAt != null || w.ParkedAt != null ? 0 : w.Lost)
                    .SetProperty(w => w.LastProblem, w => w.DoneAt != null || w.ParkedAt != null ? null : w.LastProblem)
                    .SetProperty(w => w.DoneAt, (DateTime?)null)
                    .SetProperty(w => w.ParkedAt, (DateTime?)null)
                    .SetProperty(w => w.LeaseToken, (Guid?)null)
                    .SetProperty(w => w.LeasedUntil, (DateTime?)null),
                cancellation);
        if (known == 0)
        {
            Db.Add(new WorkItem
            {
                Id = Guid.CreateVersion7(Clock.GetUtcNow()),
                Kind = todo.Kind,
                SubjectId = todo.SubjectId,
                Key = todo.Key,
                Payload = todo.Payload,
                CreatedAt = Now,
                DueAt = due,
            });
        }

        bool Same(WorkItem w) => w.Kind == todo.Kind && w.SubjectId == todo.SubjectId && w.Key == todo.Key;
    }
}

/// <summary>Begins actions. One per scope (request, piece of work).</summary>
public sealed class ActionBook(EgidaDb db, AuditLog audit, EventRoutes routes, TimeProvider clock)
{
    public ActionContext Begin(ActionKind kind, Actor actor, string subject, string? reason = null) =>
        new(db, audit, routes, clock, kind, actor, subject, reason);
}
