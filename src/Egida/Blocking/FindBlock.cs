using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>An entry by what people call it: its number, or a name that it blocks; an objection by its number.</summary>
internal static class FindBlock
{
    internal static readonly StaffFinder Finder = new(Right.SeeBlocking, Find);

    private static async Task<IReadOnlyList<Found>> Find(EgidaDb db, string typed, CancellationToken cancellation)
    {
        var number = typed.ToUpperInvariant();
        var entries = DomainName.Read(typed).Name is { } name ? ProposeBlock.Covering(db, name) : db.Set<BlockedDomain>().Where(b => b.Number == number);
        var appeals = await db.Set<Appeals.BlockAppeal>().AsNoTracking().Where(a => a.Number == number).ToListAsync(cancellation);
        return
        [
            .. (await entries.AsNoTracking().OrderBy(b => b.Number).Take(10).ToListAsync(cancellation)).Select(b => new Found("Blocking", b.Number, $"/staff/blocking/{b.Id}")),
            .. appeals.Select(a => new Found("Blocking", a.Number, $"/staff/blocking/appeals/{a.Id}")),
        ];
    }
}
