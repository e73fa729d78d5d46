using Egida.Intake;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>Whether anything of an item was ever seen: a page or a file that is sealed. What nobody saw, nobody can judge.</summary>
internal static class Captured
{
    public static Task<bool> Anything(EgidaDb db, ItemId itemId, CancellationToken cancellation) =>
        db.Set<EvidenceObject>().AnyAsync(e => e.ItemId == itemId && (e.Kind == EvidenceKind.Page || e.Kind == EvidenceKind.Media), cancellation);
}
