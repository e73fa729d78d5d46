using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake.Staff;

/// <summary>An item by what people call it: its name («pola-kemi-37»), its identifier, or the address that was reported.</summary>
internal static class FindItem
{
    internal static readonly StaffFinder Finder = new(Right.SeeItems, Find);

    private static async Task<IReadOnlyList<Found>> Find(EgidaDb db, string typed, CancellationToken cancellation)
    {
        var id = await ByName(db, typed, cancellation);
        if (id is null && ItemId.TryParse(typed, out var parsed))
        {
            id = await db.Set<Item>().AnyAsync(i => i.Id == parsed, cancellation) ? parsed : null;
        }

        if (id is null)
        {
            var key = AddressNormaliser.Normalise(typed).Key;
            id = (await db.Set<Item>().AsNoTracking().FirstOrDefaultAsync(i => i.AddressKey == key, cancellation))?.Id;
        }

        return id is { } found ? [new Found("Intake", ItemName.Of(found), $"/staff/items/{found}")] : [];
    }

    /// <summary>Names are derived from the identifier and stored nowhere: they are computed for one item after another, the newest first.</summary>
    private static async Task<ItemId?> ByName(EgidaDb db, string typed, CancellationToken cancellation)
    {
        if (!ItemName.IsOne(typed))
        {
            return null;
        }

        await foreach (var id in db.Set<Item>().AsNoTracking().OrderByDescending(i => i.OpenedAt).Select(i => i.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (string.Equals(ItemName.Of(id), typed, StringComparison.OrdinalIgnoreCase))
            {
                return id;
            }
        }

        return null;
    }
}
