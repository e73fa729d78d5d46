using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// Somebody says that a record is wrong. It joins the open case about that record, or opens one, or, above the party's brake, joins its flood. The
/// record itself stays as it is: asking isn't yet being right (docs/decisions/0125).
/// </summary>
internal sealed class FileDispute(EgidaDb db, ActionBook actions, DisputeTerms terms, TimeProvider clock)
{
    public const int LongestText = 4000;

    public static readonly ActionKind Kind = new("hash-bank.file-dispute");

    private const string Series = "EG-D";

    /// <param name="Record">Null when the party doesn't know it.</param>
    public sealed record Filing(DisputeParty Party, HashRecordId? Record, DisputeReason Reason, string Text, string Language)
    {
        public HashPartnerId? Partner { get; init; }

        public string? From { get; init; }

        public string? ToldBy { get; init; }

        public string? Mail { get; init; }

        public byte[]? ReceiptHash { get; init; }

        public bool IsUrgent { get; init; }

        public StaffId? EnteredBy { get; init; }
    }

    public enum Way
    {
        Joins,
        Opens,

        /// <summary>The party has opened so many that a person decides what is to be done with the rest.</summary>
        Floods,
    }

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <param name="Before">The same had been filed before: nothing is doubled.</param>
        public sealed record Filed(DisputeCase Case, DisputeFiling Filing, bool Before) : Outcome;

        public sealed record NoSuchRecord : Outcome;
    }

    /// <param name="sent">Of a person: everything that people sent within the hour. Of others: cases that the party has opened within its time.</param>
    internal static Way Decide(DisputeParty party, bool caseIsOpen, int sent, int most) => caseIsOpen switch
    {
        // Whether a case is open tells that there is a record: the public's brake doesn't depend on it.
        _ when party == DisputeParty.Person && sent >= most => Way.Floods,
        true => Way.Joins,
        false => sent >= most ? Way.Floods : Way.Opens,
    };

    public async Task<Outcome> Handle(Filing filing, CancellationToken cancellation)
    {
        var id = Id.New<HashDisputeId>(clock);
        var by = filing.EnteredBy is { } staff ? Actor.Of(staff) : filing.Party == DisputeParty.Partner ? Actor.System("hash-partner") : Actor.Public;
        var action = actions.Begin(Kind, by, id.Subject);
        await action.TakeTurn(cancellation);
        if (await Earlier(filing, cancellation) is { } earlier)
        {
            return await Again(action, earlier, cancellation);
        }

        // A number that a person mistyped is looked into by a person; a program is told.
        var record = filing.Record is { } named ? await Family.SurvivorOf(db, named, cancellation) : null;
        if (filing.Record is not null && record is null && filing.Party != DisputeParty.Person)
        {
            await action.Leave();
            return new Outcome.NoSuchRecord();
        }

        var (into, way) = await CaseFor(action, id, filing, record, cancellation);
        var kept = Keep(action, filing, into, way);
        if (filing.Party == DisputeParty.Person)
        {
            kept.Number = way == Way.Opens ? into.Number : await RunningNumber.Take(action, Series, cancellation);
        }

        into.Filings++;
        if (filing.EnteredBy is { } entered)
        {
            into.FreeFrom(entered);
        }
        else
        {
            into.Unread(terms.ReadDue(action.Now));
        }

        if (way == Way.Joins && filing.IsUrgent)
        {
            Hurry(into, action.Now);
        }

        action.Emit(new HashDisputeFiled(into.Id, into.RecordId, filing.Party, Joined: way == Way.Joins));
        await action.Commit(cancellation);
        return new Outcome.Filed(into, kept, Before: false);
    }

    /// <summary>The open case about this record; one case a record, whoever disputes it.</summary>
    internal static Task<DisputeCase?> OpenCase(EgidaDb db, HashRecordId record, CancellationToken cancellation) =>
        db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.RecordId == record && c.DecidedAt == null, cancellation);

    /// <summary>The open case about a number that no record has.</summary>
    internal static Task<DisputeCase?> OpenUnknown(EgidaDb db, HashRecordId number, CancellationToken cancellation) =>
        db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Named == number && c.DecidedAt == null, cancellation);

    /// <summary>What people sent and the brake counts: no more than matters, however much came above it.</summary>
    internal static IQueryable<DisputeFiling> Counted(EgidaDb db, DateTime since, int most) =>
        db.Set<DisputeFiling>().Where(f => f.Party == DisputeParty.Person && !f.IsAboveBrake && f.At > since).OrderBy(f => f.At).Take(most);

    internal static IQueryable<DisputeCase> OpenFlood(EgidaDb db, DisputeParty party, HashPartnerId? partner) =>
        db.Set<DisputeCase>().Where(c => c.State == DisputeState.Held && c.Party == party && c.PartnerId == partner);

    internal async Task<DisputeCase> Open(ActionContext action, HashDisputeId id, Filing filing, HashRecordId? record, bool isFlood, CancellationToken cancellation)
    {
        var opened = new DisputeCase
        {
            Id = id,
            Number = await RunningNumber.Take(action, Series, cancellation),
            State = isFlood ? DisputeState.Held : record is null ? DisputeState.ToLink : DisputeState.Open,
            Party = filing.Party,
            PartnerId = filing.Partner,
            RecordId = record,
            Named = record is null && !isFlood ? filing.Record : null,
            IsFlood = isFlood,
            IsUrgent = filing.IsUrgent && !isFlood,
            FiledAt = action.Now,
            ReadDue = terms.ReadDue(action.Now),
            DecideDue = terms.DecideDue(action.Now, filing.IsUrgent && !isFlood),
            EnteredBy = filing.EnteredBy,
        };
        // Whoever enters it for somebody else has read it.
        if (filing.EnteredBy is not null)
        {
            opened.Read(action.Now);
        }

        db.Add(opened);
        return opened;
    }

    private async Task<(DisputeCase, Way)> CaseFor(ActionContext action, HashDisputeId id, Filing filing, HashRecordId? record, CancellationToken cancellation)
    {
        // Both are asked whether there is a record of this number or not: that takes as long.
        var (ofRecord, ofNumber) = filing.Record is { } named
            ? (await OpenCase(db, record ?? named, cancellation), await OpenUnknown(db, named, cancellation))
            : (null, null);
        var open = record is null ? ofNumber : ofRecord;
        var since = action.Now - (filing.Party == DisputeParty.Partner ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1));
        var most = filing.Party switch
        {
            DisputeParty.Partner => terms.PartnerCasesPerDay,
            DisputeParty.Person => terms.PublicCasesPerHour,
            _ => int.MaxValue,
        };
        var sent = filing.Party switch
        {
            DisputeParty.Person => await Counted(db, since, most).CountAsync(cancellation),
            DisputeParty.Partner => await db.Set<DisputeCase>()
                .CountAsync(c => c.Party == filing.Party && c.PartnerId == filing.Partner && !c.IsFlood && c.FiledAt > since, cancellation),
            _ => 0,
        };
        var way = Decide(filing.Party, open is not null, sent, most);
        open = way == Way.Joins ? open : null;
        var flood = way == Way.Floods ? await OpenFlood(db, filing.Party, filing.Partner).SingleOrDefaultAsync(cancellation) : null;
        return (open ?? flood ?? await Open(action, id, filing, way == Way.Floods ? null : record, way == Way.Floods, cancellation), way);
    }

    /// <summary>What this very party said before and has no answer to yet: the same form sent twice, or the same record by the same partner.</summary>
    private async Task<DisputeFiling?> Earlier(Filing filing, CancellationToken cancellation) => filing switch
    {
        { ReceiptHash: { } receipt } => await db.Set<DisputeFiling>().SingleOrDefaultAsync(f => f.ReceiptHash == receipt, cancellation),
        { Partner: { } partner, Record: { } record } => await db.Set<DisputeFiling>()
            .FirstOrDefaultAsync(f => f.PartnerId == partner && f.RecordId == record && db.Set<DisputeCase>().Any(c => c.Id == f.CaseId && c.DecidedAt == null), cancellation),
        _ => null,
    };

    private async Task<Outcome> Again(ActionContext action, DisputeFiling earlier, CancellationToken cancellation)
    {
        var into = await db.Set<DisputeCase>().SingleAsync(c => c.Id == earlier.CaseId, cancellation);
        if (earlier.Party == DisputeParty.Partner)
        {
            earlier.Times++;
            action.Emit(new HashDisputeFiled(into.Id, into.RecordId, earlier.Party, Joined: true));
            await action.Commit(cancellation);
        }
        else
        {
            await action.Leave();
        }

        return new Outcome.Filed(into, earlier, Before: true);
    }

    private void Hurry(DisputeCase into, DateTime now)
    {
        into.IsUrgent = true;
        into.DecideBy(terms.DecideDue(now, isUrgent: true));
    }

    private DisputeFiling Keep(ActionContext action, Filing filing, DisputeCase into, Way way)
    {
        var kept = new DisputeFiling
        {
            Id = Id.New<DisputeFilingId>(action.Clock),
            CaseId = into.Id,
            RecordId = filing.Record,
            IsAboveBrake = way == Way.Floods,
            At = action.Now,
            Party = filing.Party,
            PartnerId = filing.Partner,
            From = filing.From,
            Reason = filing.Reason,
            Text = filing.Text,
            ToldBy = filing.ToldBy,
            Language = filing.Language,
            ReceiptHash = filing.ReceiptHash,
            Mail = filing.Mail,
            EnteredBy = filing.EnteredBy,
        };
        db.Add(kept);
        return kept;
    }
}
