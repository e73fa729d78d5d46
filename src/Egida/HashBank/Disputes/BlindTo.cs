using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// Who may still become the second assessor of a record in dispute must not see what others said about it: neither on the case's page nor on any other page of
/// the record, before they take the case or after, until it is decided.
/// </summary>
internal sealed class BlindTo(EgidaDb db, EarlierReaders readers)
{
    /// <summary>
    /// Nobody assesses anew what they assessed, disputed or withdrew before, and nobody decides a dispute that they entered, joined or linked to the record themselves.
    /// </summary>
    public async Task<bool> MayAssess(DisputeCase about, StaffId staff, CancellationToken cancellation) =>
        about.EnteredBy != staff && about.RecordId is { } record
        && !await db.Set<DisputeFiling>().AnyAsync(f => f.CaseId == about.Id && (f.EnteredBy == staff || f.LinkedBy == staff), cancellation)
        && !await Spoke(record, staff, cancellation);

    /// <returns>The open case that this record's pages are closed for, for this person.</returns>
    public async Task<HashDisputeId?> CaseOf(HashRecordId record, CurrentStaff staff, CancellationToken cancellation) =>
        staff.Has(Right.DecideDispute) ? await CaseOf(record, staff.Id, cancellation) : null;

    /// <summary>The same, of somebody who is known to hold the right.</summary>
    public async Task<HashDisputeId?> CaseOf(HashRecordId record, StaffId staff, CancellationToken cancellation)
    {
        var open = await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.RecordId == record && c.DecidedAt == null, cancellation);
        return open is not null && await MayAssess(open, staff, cancellation) ? open.Id : null;
    }

    /// <summary>Those among the records of a list of which this person must not see what was decided.</summary>
    public async Task<IReadOnlySet<HashRecordId>> Among(IEnumerable<HashRecordId> records, CurrentStaff staff, CancellationToken cancellation)
    {
        var closed = new HashSet<HashRecordId>();
        if (!staff.Has(Right.DecideDispute))
        {
            return closed;
        }

        var ids = records.Distinct().ToList();
        foreach (var open in await db.Set<DisputeCase>().AsNoTracking().Where(c => c.DecidedAt == null && c.RecordId != null && ids.Contains(c.RecordId.Value)).ToListAsync(cancellation))
        {
            if (await MayAssess(open, staff.Id, cancellation)) closed.Add(open.RecordId!.Value);
        }

        return closed;
    }

    /// <summary>On every route of one record: whoever must not see it is taken to the case instead, whatever they wanted to do.</summary>
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return HashRecordId.TryParse(http.Request.RouteValues["recordId"] as string, out var record) && CurrentStaff.Of(http.User) is { } staff
            && await http.RequestServices.GetRequiredService<BlindTo>().CaseOf(record, staff, http.RequestAborted) is { } closed
            ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{closed}")
            : await next(context);
    }

    private async Task<bool> Spoke(HashRecordId record, StaffId staff, CancellationToken cancellation)
    {
        var family = await Family.Of(db, record, cancellation);
        var statements = db.Set<Contribution>().Where(c => family.Contains(c.RecordId)).Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (_, s) => s);
        if (await statements.AnyAsync(s => s.By == staff, cancellation))
        {
            return true;
        }

        var items = await statements.Where(s => s.SourceItem != null).Select(s => s.SourceItem!.Value).Distinct().ToListAsync(cancellation);
        return items.Count > 0 && (await readers.Of(db, items, cancellation)).Contains(staff);
    }
}
