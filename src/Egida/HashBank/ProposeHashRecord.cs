using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

public sealed record HashRecordProposed(HashRecordId RecordId, ItemId? SourceItem, StaffId ProposedBy) : DomainEvent;

/// <summary>What was assessed as illegal here goes to the database as one person's proposal; it is used only after a second person confirmed it.</summary>
public static class ProposeHashRecord
{
    public static readonly ActionKind Kind = new("hash-bank.propose-record");

    /// <param name="Item">Where it was assessed; null when it comes from elsewhere, as with the evidence.</param>
    public sealed record Proposal(StaffId By, ItemId? Item, EvidenceId? Evidence, string Labels, IReadOnlyList<(HashKind Kind, string Value, int? Quality)> Hashes);

    /// <summary>An action of its own, for what wasn't assessed here and now.</summary>
    public static async Task<HashRecordId?> Handle(ActionBook actions, Proposal proposal, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(proposal.By), "hash-bank:records");
        var record = await Propose(action, proposal, cancellation);
        if (record is not null)
        {
            await action.Commit(cancellation);
        }

        return record;
    }

    /// <summary>Part of the caller's own action. The same bytes are never proposed twice, unless the earlier record was withdrawn.</summary>
    /// <returns>The new record, or null when the bytes are already on record.</returns>
    public static async Task<HashRecordId?> Propose(ActionContext action, Proposal proposal, CancellationToken cancellation)
    {
        var sha256 = proposal.Hashes.Single(h => h.Kind == HashKind.Sha256).Value;
        var known = await action.Db.Set<RecordHash>()
            .Where(h => h.Kind == HashKind.Sha256 && h.Value == sha256)
            .Join(action.Db.Set<HashRecord>().Where(r => r.State != HashRecordState.Withdrawn), h => h.RecordId, r => r.Id, (h, r) => r.Id)
            .AnyAsync(cancellation)
            || action.Db.Set<RecordHash>().Local.Any(h => h.Kind == HashKind.Sha256 && h.Value == sha256);
        if (known)
        {
            return null;
        }

        var record = new HashRecord
        {
            Id = Id.New<HashRecordId>(action.Clock),
            Labels = proposal.Labels,
            ProposedBy = proposal.By,
            ProposedAt = action.Now,
            SourceItem = proposal.Item,
            SourceEvidence = proposal.Evidence,
        };
        record.Hashes.AddRange(proposal.Hashes.Select(h => new RecordHash { RecordId = record.Id, Kind = h.Kind, Value = h.Value, Quality = h.Quality }));
        action.Db.Add(record);
        action.Emit(new HashRecordProposed(record.Id, proposal.Item, proposal.By));
        return record.Id;
    }
}
