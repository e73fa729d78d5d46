using Egida.Access;
using Egida.Intake;
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
    public async Task<bool> MayAssess(DisputeCase about, StaffId staff, CancellationToken cancellation) => (await Assessable([about], staff, cancellation)).Count > 0;

    /// <returns>The open case that this record's pages are closed for, for this person.</returns>
    public async Task<HashDisputeId?> CaseOf(HashRecordId record, CurrentStaff staff, CancellationToken cancellation) =>
        staff.Has(Right.DecideDispute) ? await CaseOf(record, staff.Id, cancellation) : null;

    /// <summary>The same, of somebody who is known to hold the right.</summary>
    /// <param name="record">Also the number of one that was merged into the record in dispute: what was said there was said about the same item.</param>
    public async Task<HashDisputeId?> CaseOf(HashRecordId record, StaffId staff, CancellationToken cancellation)
    {
        var about = await Family.SurvivorOf(db, record, cancellation) ?? record;
        var open = await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.RecordId == about && c.DecidedAt == null, cancellation);
        return open is not null && await MayAssess(open, staff, cancellation) ? open.Id : null;
    }

    /// <summary>
    /// Everything that this person must not see, by each number that it goes by, with its case. Open cases are few. Where a list is sorted, filtered or counted by what
    /// holds, these have no place in it: their place would tell.
    /// </summary>
    public async Task<IReadOnlyDictionary<HashRecordId, HashDisputeId>> Closed(CurrentStaff staff, CancellationToken cancellation)
    {
        if (!staff.Has(Right.DecideDispute))
        {
            return new Dictionary<HashRecordId, HashDisputeId>();
        }

        var open = await db.Set<DisputeCase>().AsNoTracking().Where(c => c.DecidedAt == null && c.RecordId != null).ToListAsync(cancellation);
        var closed = (await Assessable(open, staff.Id, cancellation)).ToDictionary(c => c.RecordId!.Value, c => c.Id);
        foreach (var (merged, into) in await Family.MergedInto(db, [.. closed.Keys], cancellation)) closed.TryAdd(merged, closed[into]);
        return closed;
    }

    /// <summary>Those among the records of a list of which this person must not see what was decided, by the numbers that the list has.</summary>
    public async Task<IReadOnlySet<HashRecordId>> Among(IEnumerable<HashRecordId> records, CurrentStaff staff, CancellationToken cancellation)
    {
        var closed = await Closed(staff, cancellation);
        return records.Where(closed.ContainsKey).ToHashSet();
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

    /// <summary>Those of the cases that this person may assess.</summary>
    private async Task<List<DisputeCase>> Assessable(IReadOnlyCollection<DisputeCase> cases, StaffId staff, CancellationToken cancellation)
    {
        var others = cases.Where(c => c.RecordId is not null && c.EnteredBy != staff).ToList();
        if (others.Count == 0)
        {
            return others;
        }

        var ids = others.ConvertAll(c => c.Id);
        var theirs = await db.Set<DisputeFiling>().Where(f => ids.Contains(f.CaseId) && (f.EnteredBy == staff || f.LinkedBy == staff)).Select(f => f.CaseId).Distinct().ToListAsync(cancellation);
        var spoken = await Spoken([.. others.Select(c => c.RecordId!.Value).Distinct()], staff, cancellation);
        return others.FindAll(c => !theirs.Contains(c.Id) && !spoken.Contains(c.RecordId!.Value));
    }

    /// <summary>Those of the records about which this person spoke, under whatever number, or whose item they read before anything of it came here.</summary>
    private async Task<HashSet<HashRecordId>> Spoken(HashRecordId[] records, StaffId staff, CancellationToken cancellation)
    {
        var merged = await Family.MergedInto(db, records, cancellation);
        HashRecordId[] family = [.. records, .. merged.Keys];
        var said = (await db.Set<Contribution>().Where(c => EF.Parameter(family).Contains(c.RecordId))
            .Join(db.Set<Statement>().Where(s => s.By == staff || s.SourceItem != null), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.By, s.SourceItem })
            .ToListAsync(cancellation)).ToLookup(s => merged.GetValueOrDefault(s.RecordId, s.RecordId));
        var spoken = new HashSet<HashRecordId>();
        foreach (var about in said)
        {
            var items = about.Select(s => s.SourceItem).OfType<ItemId>().Distinct().ToList();
            if (about.Any(s => s.By == staff) || (items.Count > 0 && (await readers.Of(db, items, cancellation)).Contains(staff))) spoken.Add(about.Key);
        }

        return spoken;
    }
}
