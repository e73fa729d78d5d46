using Egida.Access;
using Egida.Blocking.Appeals;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>One entry: who decided what on which basis, what it rests on and what had been tried, who objects, and what this person may do about it.</summary>
internal sealed class ShowBlock(EgidaDb db, BlockingTerms terms, Words words, TimeProvider clock)
{
    internal static Task<IResult> Get(BlockedDomainId entryId, HttpContext context, CurrentStaff staff, ShowBlock show, CancellationToken cancellation) =>
        show.Page(entryId, context, staff, null, cancellation);

    /// <param name="wrong">The field of a form that came back.</param>
    public async Task<IResult> Page(BlockedDomainId id, HttpContext context, CurrentStaff staff, string? wrong, CancellationToken cancellation)
    {
        var entry = await db.Set<BlockedDomain>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellation);
        if (entry is null) return Problems.Page(context, StatusCodes.Status404NotFound);

        var items = await db.Set<BlockedItem>().AsNoTracking().Where(i => i.EntryId == id)
            .Join(db.Set<Item>(), b => b.ItemId, i => i.Id, (b, i) => new BlockPage.On(b, i)).ToListAsync(cancellation);
        var appeals = await db.Set<BlockAppeal>().AsNoTracking().Where(a => a.EntryId == id).OrderBy(a => a.FiledAt).ToListAsync(cancellation);
        var people = new[] { entry.ProposedBy, entry.DecidedBy, entry.ReviewedBy, entry.EndedBy }.OfType<Platform.Actions.StaffId>().Select(s => s.Value).Distinct().ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellation);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellation) : FormCollection.Empty;
        return Platform.Web.Page.Of<BlockPage>(
            new
            {
                Entry = entry,
                Items = items,
                Appeals = appeals,
                Names = names,
                Staff = staff,
                Basis = terms.Bases.FirstOrDefault(b => b.Code == entry.Basis)?.Name.GetValueOrDefault(words.Language) ?? entry.Basis,
                Now = clock.GetUtcNow().UtcDateTime,
                MostDays = terms.ReviewWithinDays,
                Sent = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal),
                Errors = (IReadOnlyList<FormError>)(wrong is null ? [] : [new FormError(wrong, words.Of($"block.{wrong}.problem", terms.ReviewWithinDays))]),
            },
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
