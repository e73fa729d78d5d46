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
    /// <summary>Nobody assesses anew what they assessed, disputed or withdrew before, and nobody decides a dispute that they entered themselves.</summary>
    public async Task<bool> MayAssess(DisputeCase about, StaffId staff, CancellationToken cancellation) =>
        about.EnteredBy != staff && about.RecordId is { } record && !await Spoke(record, staff, cancellation);

    /// <returns>The open case that this record's pages are closed for, for this person.</returns>
    public async Task<HashDisputeId?> CaseOf(HashRecordId record, CurrentStaff staff, CancellationToken cancellation)
    {
        if (!staff.Has(Right.DecideDispute))
        {
            return null;
        }

        var open = await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.RecordId == record && c.DecidedAt == null, cancellation);
        return open is not null && await MayAssess(open, staff.Id, cancellation) ? open.Id : null;
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
        var statements = db.Set<Contribution>().Where(c => c.RecordId == record).Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (_, s) => s);
        if (await statements.AnyAsync(s => s.By == staff, cancellation))
        {
            return true;
        }

        var items = await statements.Where(s => s.SourceItem != null).Select(s => s.SourceItem!.Value).Distinct().ToListAsync(cancellation);
        return items.Count > 0 && (await readers.Of(db, items, cancellation)).Contains(staff);
    }
}
