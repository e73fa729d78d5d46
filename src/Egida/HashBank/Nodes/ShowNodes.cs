using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Nodes;

/// <summary>Who answers look-ups, how far each is behind, and how much memory it takes.</summary>
internal static class ShowNodes
{
    /// <summary>Whoever has been silent longer than that is shown as silent.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(30);

    public static async Task<RazorComponentResult> Get(EgidaDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var nodes = await db.Set<HashNode>().AsNoTracking().OrderBy(n => n.Name).ToListAsync(cancellation);
        var changes = await db.Set<BankHead>().AsNoTracking().Select(h => h.Changes).SingleAsync(cancellation);
        return Page.Of<NodesPage>(new { Nodes = nodes, Changes = changes, Now = clock.GetUtcNow().UtcDateTime });
    }
}
