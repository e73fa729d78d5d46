using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

public sealed record HashRecordProposed(HashRecordId RecordId, ItemId? SourceItem, StaffId ProposedBy) : DomainEvent;

/// <summary>What was assessed as illegal here goes to the database as one person's proposal; it is used only after a second person confirmed it.</summary>
internal sealed class ProposeHashRecord(RecordBook book)
{
    public static readonly ActionKind Kind = new("hash-bank.propose-record");

    /// <param name="Item">Where it was assessed; null when it comes from elsewhere, as with the evidence.</param>
    /// <param name="Labels">The label set (group → codes) as JSON.</param>
    /// <param name="Hashes">Values in hex.</param>
    public sealed record Proposal(StaffId By, ItemId? Item, EvidenceId? Evidence, string Labels, IReadOnlyList<(HashKind Kind, string Value, int? Quality)> Hashes)
    {
        public string Scheme { get; init; } = "ucs";

        /// <summary>Outcome per jurisdiction, as JSON.</summary>
        public string Outcomes { get; init; } = "{}";

        public string? Law { get; init; }
    }

    /// <summary>An action of its own, for what wasn't assessed here and now.</summary>
    /// <returns>As <see cref="Propose"/>; what is added to a record of somebody else is kept as well.</returns>
    public async Task<HashRecordId?> Handle(ActionBook actions, Proposal proposal, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(proposal.By), "hash-bank:records");
        var (proposed, isSaid) = await Say(action, proposal, cancellation);
        if (!isSaid)
        {
            await action.Leave();
            return null;
        }

        await action.Commit(cancellation);
        return proposed;
    }

    /// <summary>
    /// Part of the caller's own action. The same bytes are never proposed twice, unless the earlier record was withdrawn: then it is proposed again, with its history.
    /// </summary>
    /// <returns>The record, or null when the bytes are already on record. What this person says is added to what a list brought.</returns>
    public async Task<HashRecordId?> Propose(ActionContext action, Proposal proposal, CancellationToken cancellation) => (await Say(action, proposal, cancellation)).Proposed;

    /// <returns>The record that was proposed, if one was; and whether anything was said at all.</returns>
    private async Task<(HashRecordId? Proposed, bool IsSaid)> Say(ActionContext action, Proposal proposal, CancellationToken cancellation)
    {
        await book.Open(action, cancellation);
        var hashes = ItemHashes.Of(proposal.Hashes);
        var record = await book.Find(hashes, cancellation);
        if (record is { State: not HashRecordState.Withdrawn } && !await NobodyHereSpoke(action, record, cancellation))
        {
            return (null, false);
        }

        var isNew = record is null or { State: HashRecordState.Withdrawn };
        var statement = book.Begin(action, RecordBook.Speaker.Of(proposal.By), proposal.Item, proposal.Evidence);
        if (record is null) record = book.New(hashes, statement);
        else await book.CompleteFound(record, hashes, cancellation);
        await book.Contribute(record, statement, Says.Known, Classification.Of(proposal.Scheme, proposal.Labels, proposal.Outcomes, proposal.Law), cancellation);
        if (isNew)
        {
            action.Emit(new HashRecordProposed(record.Id, proposal.Item, proposal.By));
        }

        return (isNew ? record.Id : null, true);
    }

    /// <summary>A list brought it and nobody of this hotline has assessed it, or only as harmless: then this is the first assessment to that effect, and it is kept.</summary>
    private static async Task<bool> NobodyHereSpoke(ActionContext action, HashRecord record, CancellationToken cancellation) =>
        action.Db.Entry(record).State != EntityState.Added
        && !(await RecordBook.WordsOf(action.Db, record.Id, cancellation)).Exists(w => w is { Person: not null, Says: Says.Known })
        && !action.Db.Set<Contribution>().Local.Any(c => c.RecordId == record.Id);
}
