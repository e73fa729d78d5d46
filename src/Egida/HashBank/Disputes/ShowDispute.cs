using Egida.Access;
using Egida.HashBank.Partners;
using Egida.HashBank.Sampling;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>One case: what was said, its clocks, and what this person may do about it. Of the record only its hashes, until it is decided.</summary>
internal sealed class ShowDispute(EgidaDb db, BlindTo blind, BankSearch search, DisputeTerms terms, FreshLabels labels, SealedMaterial material, TimeProvider clock)
{
    private const int MostFilings = 50;

    internal static async Task<IResult> Get(HashDisputeId disputeId, HttpContext context, CurrentStaff staff, ShowDispute show, CancellationToken cancellation) =>
        await show.OpenInstead(disputeId, staff, cancellation) is { } open
            ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{open}")
            : await show.Page(disputeId, context, staff, CaseView.Sent.Nothing, [], cancellation);

    /// <summary>An earlier case about the same record says what was decided then: whoever may have to decide anew is taken to the open one.</summary>
    private async Task<HashDisputeId?> OpenInstead(HashDisputeId id, CurrentStaff staff, CancellationToken cancellation) =>
        await db.Set<DisputeCase>().Where(c => c.Id == id && c.DecidedAt != null).Select(c => c.RecordId).SingleOrDefaultAsync(cancellation) is { } record
            ? await blind.CaseOf(record, staff, cancellation)
            : null;

    public async Task<IResult> Page(HashDisputeId id, HttpContext context, CurrentStaff staff, CaseView.Sent sent, IReadOnlyList<FormError> errors, CancellationToken cancellation, CaseView.Look? look = null) =>
        await Load(id, staff, cancellation) is { } facts
            ? Platform.Web.Page.Of<DisputeCasePage>(
                new { Facts = facts, Staff = staff, Sent = sent, Labels = labels, Errors = errors, terms.ReleasedAtOnce, Look = look ?? new CaseView.Look(CaseView.Showing.Nothing) },
                errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
            : Problems.Page(context, StatusCodes.Status404NotFound);

    internal static CaseView.May Decide(DisputeCase about, CurrentStaff staff, bool mayAssess, DateTime now, DisputeTerms terms) => about.State switch
    {
        DisputeState.Decided => CaseView.May.Nothing,
        _ when !staff.Has(Right.DecideDispute) => CaseView.May.Nothing,
        DisputeState.Held => CaseView.May.Settle,
        DisputeState.ToLink => CaseView.May.Link,
        _ when !mayAssess => CaseView.May.SpokeBefore,
        _ when about.Assessor == staff.Id => CaseView.May.Decide,
        _ => TakeDispute.Decide(about, staff.Id, mayAssess, now, terms) == TakeDispute.Outcome.Done ? CaseView.May.Take : CaseView.May.Held,
    };

    private async Task<CaseView.Facts?> Load(HashDisputeId id, CurrentStaff staff, CancellationToken cancellation)
    {
        var about = await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (about is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var filings = await db.Set<DisputeFiling>().AsNoTracking().Where(f => f.CaseId == id).OrderBy(f => f.At).ThenBy(f => f.Id).Take(MostFilings).ToListAsync(cancellation);
        var partner = about.PartnerId is { } by ? await db.Set<HashPartner>().Where(p => p.Id == by).Select(p => p.Name).SingleOrDefaultAsync(cancellation) : null;
        var record = about.RecordId is { } of ? await db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == of, cancellation) : null;
        var near = record?.Pdq is { } pdq && HashText.ShowsSomething(pdq, record.PdqQuality)
            ? (await search.Find([new(HashKind.Pdq, pdq, Lookup.Radius)], cancellation))[0].Count(h => h.Record.Id != record.Id)
            : 0;
        var closed = about.RecordId is { } closedFor && await blind.CaseOf(closedFor, staff, cancellation) is not null;
        var people = new[] { about.Assessor, about.DecidedBy, about.EnteredBy }.OfType<StaffId>().Select(s => s.Value).ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => new StaffId(s.Id), s => s.DisplayName, cancellation);
        var may = Decide(about, staff, await blind.MayAssess(about, staff.Id, cancellation), now, terms);
        return new CaseView.Facts(
            about, filings, partner, record is null ? [] : await ShowHashRecord.HashesOf(db, record, cancellation), near,
            may, staff.Has(Right.SeeHashRecords) && !closed, now, names)
        {
            HasMaterial = may == CaseView.May.Decide && staff.Has(Right.RevealDisputed) && await material.Has(db, about.RecordId!.Value, now, cancellation),
        };
    }
}
