using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence.Destruction;

/// <summary>What of an item would be destroyed, who proposed it and why, and the two people's buttons.</summary>
public static class ShowDestruction
{
    /// <param name="Destroyed">When; null while it is kept.</param>
    /// <param name="Kept">Objects of the case, those made from others among them.</param>
    public sealed record Facts(Item Item, int Kept, long Bytes, DateTime? Destroyed, IReadOnlyList<(EvidenceDestruction Proposal, string By, string? DecidedBy)> Proposals)
    {
        public EvidenceDestruction? Open => Proposals.Select(p => p.Proposal).FirstOrDefault(p => p.State == DestructionState.Proposed);
    }

    /// <summary>GET /staff/evidence/{itemId}/destruction</summary>
    internal static Task<IResult> Get(ItemId itemId, HttpContext http, CurrentStaff staff, EgidaDb db, CancellationToken cancellation) =>
        Page(itemId, http, staff, db, [], null, cancellation);

    internal static async Task<IResult> Page(
        ItemId itemId, HttpContext http, CurrentStaff staff, EgidaDb db, IReadOnlyList<FormError> errors, string? reason, CancellationToken cancellation)
    {
        var key = await db.Set<CaseKey>().AsNoTracking().FirstOrDefaultAsync(k => k.ItemId == itemId, cancellation);
        if (key is null || await db.Set<Item>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == itemId, cancellation) is not { } item)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        var objects = db.Set<EvidenceObject>().Where(e => e.ItemId == itemId);
        var proposals = await db.Set<EvidenceDestruction>().AsNoTracking().Where(d => d.ItemId == itemId).OrderByDescending(d => d.ProposedAt).ToListAsync(cancellation);
        var people = proposals.SelectMany(p => new[] { p.ProposedBy.Value, p.DecidedBy?.Value ?? p.ProposedBy.Value }).ToHashSet();
        var names = await db.Set<StaffMember>().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellation);
        var facts = new Facts(
            item, await objects.CountAsync(cancellation), await objects.SumAsync(e => e.Size, cancellation), key.Wrapped is null ? key.DestroyedAt : null,
            [.. proposals.Select(p => (p, Name(p.ProposedBy)!, Name(p.DecidedBy)))]);
        return Platform.Web.Page.Of<DestructionPage>(
            new { Facts = facts, Staff = staff, Errors = errors, Reason = reason },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

        string? Name(StaffId? id) => id is { } who ? names.GetValueOrDefault(who.Value, who.ToString()) : null;
    }
}
