using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence.Hosts;

/// <summary>It is known where the other hosts of an item are: where its pictures came from, where it redirected to.</summary>
public sealed record HostsTraced(ItemId ItemId, int Hosts) : DomainEvent;

/// <summary>
/// A page shows pictures that lie elsewhere, a short address leads away: the provider of the reported host has nothing of them to remove. Traces every other host that
/// something was captured from. Only name servers and registries are asked.
/// </summary>
internal sealed class TraceHosts(EgidaDb db, ActionBook actions, Tracer tracer) : IWorkHandler
{
    public const string WorkKind = "evidence.trace-hosts";

    /// <summary>More than these on one page are banners and buttons.</summary>
    internal const int MostHosts = 10;

    private const int Patience = 3;

    public static readonly ActionKind Kind = new(WorkKind);

    /// <summary>The hosts of these addresses but the item's own, those that most came from first.</summary>
    internal static IReadOnlyList<string> Others(Item item, IEnumerable<ReportedAddress> sources) =>
    [
        .. sources.Select(s => Uri.TryCreate(s.Reveal(), UriKind.Absolute, out var uri) ? uri.IdnHost.ToLowerInvariant() : null).OfType<string>()
            .Where(host => host.Length > 0 && !host.Equals(item.Host?.Trim('[', ']'), StringComparison.OrdinalIgnoreCase))
            .CountBy(host => host).OrderByDescending(h => h.Value).ThenBy(h => h.Key, StringComparer.Ordinal).Take(MostHosts).Select(h => h.Key),
    ];

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        if (await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation) is not { Host: not null } item)
        {
            return new WorkOutcome.Done();
        }

        var sources = await db.Set<EvidenceObject>().AsNoTracking()
            .Where(o => o.ItemId == id && o.Source != null && (o.Kind == EvidenceKind.Media || o.Kind == EvidenceKind.Page)).Select(o => o.Source).ToListAsync(cancellation);
        var hosts = Others(item, sources.OfType<ReportedAddress>());
        if (hosts.Count == 0)
        {
            return new WorkOutcome.Done();
        }

        var looks = new List<(string Host, TraceResult Result)>();
        foreach (var host in hosts)
        {
            var result = await tracer.Trace(host, cancellation);
            if (work.Attempts < Patience && ((result as TraceResult.Failed)?.Code ?? (result as TraceResult.Found)?.Missing) is { } code)
            {
                return new WorkOutcome.TryAgain($"{code}: a name server or a registry gave no answer");
            }

            looks.Add((host, result));
        }

        var action = actions.Begin(Kind, Actor.System("evidence"), id.Subject);
        foreach (var (host, result) in looks.Where(l => l.Result is not TraceResult.Failed))
        {
            await RecordTrace.RecordOther(action, item, host, result, cancellation);
        }

        action.Emit(new HostsTraced(id, looks.Count));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
