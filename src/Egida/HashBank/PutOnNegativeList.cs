using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank;

public sealed record NegativeListProposed(HashRecordId RecordId, StaffId ProposedBy) : DomainEvent;

/// <summary>
/// A picture that was found harmless, or shows nothing, is put on the negative list: what looks like it is no longer answered as known. As with known
/// material, a second person confirms it first. On a record that others call known it is a dispute: both can't be true.
/// </summary>
internal sealed class PutOnNegativeList(ActionBook actions, RecordBook book, BlindTo blind)
{
    public static readonly ActionKind Kind = new("hash-bank.put-on-negative-list") { ReasonRequired = true };

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Listed(HashRecordId Record) : Outcome;

        public sealed record Refused(string Field, HashText.Reading.Bad? Why) : Outcome;

        /// <summary>The record is in dispute, and this person may have to assess it anew: they see nothing of it and say nothing about it but there.</summary>
        public sealed record InDispute(HashDisputeId Case) : Outcome;
    }

    /// <summary>Flat codes are taken here, and only here: they are what the list is for.</summary>
    internal static Outcome.Refused? Decide(HashKind kind, string? hash, string? reason) =>
        HashText.Read(kind, hash) is HashText.Reading.Bad { Code: not ("low-quality" or "all-zero") } bad ? new Outcome.Refused("hash", bad)
        : SpeakAgainst.IsReason(reason) ? null
        : new Outcome.Refused("why", null);

    public async Task<Outcome> Handle(HashKind kind, string? hash, StaffId by, string? reason, CancellationToken cancellation)
    {
        if (Decide(kind, hash, reason) is { } refused)
        {
            return refused;
        }

        var action = actions.Begin(Kind, Actor.Of(by), "hash-bank:negative-list", reason);
        await book.Open(action, cancellation);
        var hashes = ItemHashes.Of([(kind, hash!.Trim(), null)]);
        var record = await book.Find(hashes, cancellation);
        if (record is not null && await blind.CaseOf(record.Id, by, cancellation) is { } open)
        {
            await action.Leave();
            return new Outcome.InDispute(open);
        }

        var statement = book.Begin(action, RecordBook.Speaker.Of(by));
        record ??= book.New(hashes, statement);
        await book.Contribute(record, statement, Says.Benign, classification: null, cancellation);
        action.Emit(new NegativeListProposed(record.Id, by));
        await action.Commit(cancellation);
        return new Outcome.Listed(record.Id);
    }

    internal static Task<IResult> Get(string? kind, string? hash, int? page, CurrentStaff staff, ListNegatives negatives, CancellationToken cancellation) =>
        negatives.Show(staff, kind, hash, null, [], page ?? 1, cancellation);

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, PutOnNegativeList list, ListNegatives negatives, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (name, hash, why) = (form["kind"].ToString(), form["hash"].ToString(), form["why"].ToString());
        var kind = HashText.Names.GetValueOrDefault(name, HashKind.Pdq);
        return await list.Handle(kind, hash, staff.Id, why, cancellation) switch
        {
            Outcome.Listed listed => TypedResults.LocalRedirect($"/staff/hash-bank/{listed.Record}?done=listed"),
            Outcome.InDispute dispute => TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{dispute.Case}"),
            Outcome.Refused refused => await negatives.Show(
                staff, name, hash, why, [new FormError(refused.Field, words[refused.Why is { } bad ? $"hash-bank.bad.{bad.Code}" : "hash-bank.why.missing"])], 1, cancellation),
            _ => throw new InvalidOperationException("unreachable: Outcome is closed"),
        };
    }
}
