using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Routing;

/// <summary>An item was found illegal: looks again where it is hosted, and lets the country's rules say whose case it is.</summary>
internal sealed class RouteItem(EgidaDb db, ActionBook actions, Tracer tracer, ContactBook contacts, RoutingRules rules) : IWorkHandler
{
    public const string WorkKind = "routing.route-item";

    /// <summary>After so many tries the rules decide without the registry that stays silent: as if nobody were known.</summary>
    internal const int PatienceWithRegistries = 4;

    public static class Kinds
    {
        public static readonly ActionKind Route = new(WorkKind);
    }

    /// <summary>What the rules look at, from the last look.</summary>
    internal static RouteFacts Facts(
        HostingTrace trace, ContactBook contacts, string home, ItemOutcome outcome, IEnumerable<ReportedConcern> concerns)
    {
        var country = trace.Outcome == TraceOutcome.Found ? trace.Country : null;
        var hosting = country is null ? Hosting.Unknown
            : country == home ? Hosting.Home
            : contacts.HotlineOf(country) is not null ? Hosting.WithHotline
            : Hosting.WithoutHotline;
        return new RouteFacts(hosting, country, contacts.ProviderOf(trace) is not null, outcome, concerns.ToHashSet());
    }

    /// <summary>The code of what is still to be waited for, or null.</summary>
    internal static string? Missing(TraceResult result, int attempts) => result switch
    {
        TraceResult.Failed failed => failed.Code,
        TraceResult.Found found when attempts < PatienceWithRegistries => found.Missing,
        _ => null,
    };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        if (item?.Host is null || item.Outcome is null)
        {
            return new WorkOutcome.Park("not-ready: the item has no host or no outcome");
        }

        // A second routing of its own would order notices anew: that is a person's decision.
        var routed = await db.Set<RoutingDecision>().AnyAsync(d => d.ItemId == id, cancellation);
        if (item.ClosedAt is not null || (routed && item.PersonNeeded != PersonNeeded.NoRoute))
        {
            return new WorkOutcome.Done();
        }

        var result = await tracer.Trace(item.Host, cancellation);
        if (Missing(result, work.Attempts) is { } code)
        {
            return new WorkOutcome.TryAgain($"{code}: a name server or a registry gave no answer");
        }

        var concerns = await db.Set<Report>().Where(r => r.ItemId == id).Select(r => r.Concern).Distinct().ToListAsync(cancellation);
        var action = actions.Begin(Kinds.Route, Actor.System("routing"), id.Subject);
        var trace = await RecordTrace.Record(action, item, result, cancellation);
        var facts = Facts(trace, contacts, rules.Home, item.Outcome.Value, concerns);
        var rule = rules.Decide(facts);
        await Apply(action, item, rule.Name, rule.ActsFor(facts, rules.Home), facts.Country, trace.Id, cancellation);
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    /// <summary>Writes the decision. Where only a person can act, the item has no route yet and waits for one.</summary>
    internal static async Task Apply(
        ActionContext action, Item item, string rule, IReadOnlyList<RoutedAct> acts, string? country, HostingTraceId? trace, CancellationToken cancellation)
    {
        action.Db.Add(new RoutingDecision
        {
            Id = Id.New<RoutingDecisionId>(action.Clock),
            ItemId = item.Id,
            At = action.Now,
            Rule = rule,
            Acts = acts,
            Country = country,
            TraceId = trace,
            DecidedBy = action.Actor.Staff,
            Reason = action.Reason,
        });
        item.PersonNeeded = acts.Any(a => a.Kind == ActKind.Person) ? PersonNeeded.NoRoute : null;
        if (acts.Any(a => a.Kind != ActKind.Person))
        {
            await action.Reach(item, Station.Routed, cancellation);
        }

        action.Emit(new ItemRouted(item.Id, rule, acts));
    }
}
