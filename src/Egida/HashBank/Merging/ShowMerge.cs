using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.HashBank.Suggestions;
using Egida.HashSearch;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>Two records side by side: what they have in common, what was said about each, and what would hold about both. No picture, only hashes.</summary>
internal sealed class ShowMerge(EgidaDb db, MergeSides sides, BlindTo blind)
{
    /// <summary>Whoever may still have to judge one of the two anew sees neither what was said about it nor decides on it.</summary>
    public async Task<IResult?> ClosedFor(HashRecordId one, HashRecordId other, CurrentStaff staff, CancellationToken cancellation) =>
        (await blind.CaseOf(one, staff, cancellation) ?? await blind.CaseOf(other, staff, cancellation)) is { } closed ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{closed}") : null;

    public async Task<IResult?> ClosedFor(HashMergeId id, CurrentStaff staff, CancellationToken cancellation) =>
        await db.Set<HashMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is { } merge ? await ClosedFor(merge.Survivor, merge.Merged, staff, cancellation) : null;

    public async Task<IResult> New(
        string? one, string? other, string? why, HttpContext context, CurrentStaff staff, IReadOnlyList<FormError> errors, CancellationToken cancellation, int status = StatusCodes.Status200OK)
    {
        var first = HashRecordId.TryParse(one, out var a) ? await db.Set<HashRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == a, cancellation) : null;
        var second = HashRecordId.TryParse(other, out var b) ? await db.Set<HashRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == b, cancellation) : null;
        if (first is null || second is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        return await ClosedFor(first.Id, second.Id, staff, cancellation)
            ?? Page.Of<MergePage>(new { Facts = await Load(null, first, second, cancellation), Staff = staff, Errors = errors, Why = why }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : status);
    }

    internal static Task<IResult> Get(HashMergeId mergeId, HttpContext context, CurrentStaff staff, ShowMerge show, CancellationToken cancellation) =>
        show.Existing(mergeId, context, staff, [], cancellation);

    public async Task<IResult> Existing(HashMergeId id, HttpContext context, CurrentStaff staff, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        if (await db.Set<HashMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } merge)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (await ClosedFor(merge.Survivor, merge.Merged, staff, cancellation) is { } closed)
        {
            return closed;
        }

        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Id == merge.Survivor || r.Id == merge.Merged).ToDictionaryAsync(r => r.Id, cancellation);
        return Page.Of<MergePage>(
            new { Facts = await Load(merge, records[merge.Survivor], records[merge.Merged], cancellation), Staff = staff, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private async Task<MergeView.Facts> Load(HashMerge? merge, HashRecord one, HashRecord other, CancellationToken cancellation)
    {
        var (survivor, merged) = merge is not null ? (one, other) : Mergeable.Order(one, other, r => r);
        var (first, second) = (await sides.Of(survivor, merge?.Id, cancellation), await sides.Of(merged, merge?.Id, cancellation));
        var (left, right) = (await Of(survivor, cancellation), await Of(merged, cancellation));
        var said = left.Said.Concat(right.Said).DistinctBy(s => (s.Contribution.RecordId, s.Contribution.StatementId)).OrderBy(s => s.Statement.Id).ToList();
        var holds = WhatHolds.Of([.. first.Words, .. second.Words]);
        var apart = await TellApart.Find(db, one.Id, other.Id, cancellation);
        var people = await ShowHashRecord.NamesOf(db, said, [], cancellation, merge?.ProposedBy, merge?.DecidedBy, merge?.UndoneBy, apart?.FoundBy);
        return new MergeView.Facts(
            merge, left, right, Mergeable.Decide(first, second), new(holds.State, holds.IsBenign, holds.Flags, holds.Classification),
            new ShowHashRecord.Facts(survivor, [], said, [], [], [], people, 0, 0, 0),
            survivor.Pdq is { } look && merged.Pdq is { } alike ? Hash256.FromBytes(look).Distance(Hash256.FromBytes(alike)) : null)
        { Apart = apart };
    }

    private async Task<MergeView.Side> Of(HashRecord record, CancellationToken cancellation) => new(
        record, await ShowHashRecord.HashesOf(db, record, cancellation), await ShowHashRecord.SaidAbout(db, record.Id, cancellation),
        await db.Set<Partners.RecordTold>().CountAsync(t => t.RecordId == record.Id, cancellation));
}
