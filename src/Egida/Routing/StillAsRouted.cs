using Egida.Intake;
using Egida.Platform.Database;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Routing;

/// <summary>
/// Asked at the last second before an act: is the item still where it was when its route was decided? Not where it was at the last look: somebody may have
/// looked in between and seen it move, and the route rests on the place before.
/// </summary>
public abstract record StillAsRouted
{
    private StillAsRouted()
    {
    }

    public sealed record Yes(TraceResult Looked) : StillAsRouted;

    /// <param name="Reason">`moved` or `nowhere`.</param>
    public sealed record No(TraceResult Looked, string Reason) : StillAsRouted;

    /// <summary>A name server or a registry gave no answer: try again.</summary>
    public sealed record Unknown(string Code) : StillAsRouted;

    /// <param name="attempts">How often this was tried before: a registry isn't waited for without end.</param>
    public static async Task<StillAsRouted> Look(
        EgidaDb db, Tracer tracer, Item item, RoutingDecision route, DateTime now, int attempts, CancellationToken cancellation)
    {
        var looked = await tracer.Trace(item.Host!, cancellation);
        if (RouteItem.Missing(looked, attempts) is { } silent)
        {
            return new Unknown(silent);
        }

        var row = RecordTrace.Row(new HostingTraceId(Guid.Empty), item, looked, await Basis(db, item.Id, route, cancellation), now);
        return row.Outcome != TraceOutcome.Found ? new No(looked, "nowhere") : row.MovedFrom is not null ? new No(looked, "moved") : new Yes(looked);
    }

    /// <summary>The look that the route rests on; where it names none, the last one that found something.</summary>
    public static async Task<HostingTrace?> Basis(EgidaDb db, ItemId item, RoutingDecision route, CancellationToken cancellation)
    {
        var found = db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == item && t.Outcome == TraceOutcome.Found);
        return await found.FirstOrDefaultAsync(t => t.Id == route.TraceId, cancellation)
            ?? await found.OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
    }
}
