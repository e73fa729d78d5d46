using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Exchange;

/// <summary>
/// Gives an item hosted abroad to that country's hotline through the exchange, after the police where the route says so. Our reference is committed
/// before the call, the exchange's number before the addresses are given to the country: whatever breaks, it goes on from there and reports nothing twice.
/// </summary>
internal sealed class HandOverToSisterHotline(EgidaDb db, ActionBook actions, IccamClient iccam, Tracer tracer, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "exchange.hand-over";
    private const string Series = "EG-X";

    public static class Kinds
    {
        public static readonly ActionKind Begin = new("exchange.begin-hand-over");
        public static readonly ActionKind Number = new("exchange.keep-number");
        public static readonly ActionKind HandOver = new(WorkKind);
        public static readonly ActionKind Withhold = new("exchange.withhold-hand-over");
    }

    private static readonly Actor Exchange = Actor.System("exchange");

    /// <summary>The only objection is to the reference: the partner has this report already.</summary>
    internal static bool IsAlreadyThere(IccamAnswer.Refused refused) => refused.Status == 400 && refused.Fields is ["hotlineReference"];

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        var route = await db.Set<RoutingDecision>().Where(d => d.ItemId == id).OrderByDescending(d => d.At).FirstOrDefaultAsync(cancellation);
        var notified = await db.Set<PolicePackage>().AnyAsync(p => p.ItemId == id && p.NotifiedAt != null, cancellation);
        var known = await db.Set<HotlineHandOver>().FirstOrDefaultAsync(h => h.ItemId == id, cancellation);
        if (item?.ClosedAt is not null || route is null || !route.Acts.IsFree(ActKind.SisterHotline, notified) || known is { State: not HandOverState.Begun })
        {
            return new WorkOutcome.Done();
        }

        var country = route.Acts.First(a => a.Kind == ActKind.SisterHotline).Country ?? route.Country;
        if (item?.Address is null || country is null)
        {
            return new WorkOutcome.Park("not-ready: the item has no address or its route names no country");
        }

        if (!iccam.IsConnected)
        {
            return new WorkOutcome.Park("iccam-not-connected: set Iccam:BaseUrl, Username, Password and the client certificate, then retry");
        }

        // Once the exchange may have the report, a move is told there, not by starting anew.
        if (known is null && item.Host is not null)
        {
            switch (await StillAsRouted.Look(db, tracer, item, route, clock.GetUtcNow().UtcDateTime, work.Attempts, cancellation))
            {
                case StillAsRouted.Unknown silent:
                    return new WorkOutcome.TryAgain($"{silent.Code}: a name server or a registry gave no answer");
                case StillAsRouted.No gone:
                    return await Withhold(work, item, gone, cancellation);
            }
        }

        var row = known ?? await Begin(item, country, cancellation);
        return row.PartnerReport is null ? await Report(work, item, row, cancellation) : await Assign(work, item, row, cancellation);
    }

    /// <summary>It isn't where that country's hotline could act: back to routing.</summary>
    private async Task<WorkOutcome> Withhold(WorkItem work, Item item, StillAsRouted.No gone, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Withhold, Exchange, item.Id.Subject);
        await RecordTrace.Record(action, item, gone.Looked, cancellation);
        item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? PersonNeeded.PoliceNotTold : PersonNeeded.NoRoute;
        action.Emit(new HandOverWithheld(item.Id, gone.Reason));
        if (gone.Reason == "moved")
        {
            action.Enqueue(new NewWork(RouteItem.WorkKind, item.Id.Value));
        }

        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private async Task<HotlineHandOver> Begin(Item item, string country, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Begin, Exchange, item.Id.Subject);
        var row = new HotlineHandOver { ItemId = item.Id, Reference = await RunningNumber.Take(action, Series, cancellation), Country = country, BegunAt = action.Now };
        db.Add(row);
        await action.Commit(cancellation);
        return row;
    }

    private async Task<WorkOutcome> Report(WorkItem work, Item item, HotlineHandOver row, CancellationToken cancellation)
    {
        if (await GatherHandOverFacts.Of(db, item, row, cancellation) is not { } facts)
        {
            return new WorkOutcome.Park("no-iccam-code: the assessment's rules give no ICCAM code for this item");
        }

        switch (await iccam.PostReport(IccamReport.Compose(facts, iccam.Analyst), cancellation))
        {
            case IccamAnswer.Ok ok when IccamReports.Number(ok.Body) is { } number:
                return await Numbered(number);
            case IccamAnswer.Refused refused when !IsAlreadyThere(refused):
                return await Refuse(work, item, row, HandOverState.Refused, refused.Code, cancellation);
            case IccamAnswer.Away away:
                return new WorkOutcome.TryAgain(away.Problem);
        }

        // It's there, by this try or an earlier one whose answer was lost, and we have no number.
        var (found, unreachable) = await IccamReports.Find(iccam, row.Reference, item.Address!.Value.Reveal(), cancellation);
        return found is { } late ? await Numbered(late)
            : unreachable is not null ? new WorkOutcome.TryAgain(unreachable.Problem)
            : await Refuse(work, item, row, HandOverState.Unclear, "iccam-number-unknown", cancellation);

        async Task<WorkOutcome> Numbered(int number)
        {
            // On record even if we are told to stop: the report exists.
            var action = actions.Begin(Kinds.Number, Exchange, item.Id.Subject);
            (row.PartnerReport, row.Addresses) = (number, facts.Places.Count);
            await action.Commit(CancellationToken.None);
            return await Assign(work, item, row, cancellation);
        }
    }

    private async Task<WorkOutcome> Assign(WorkItem work, Item item, HotlineHandOver row, CancellationToken cancellation) =>
        await IccamReports.Assign(iccam, row.PartnerReport!.Value, row.Country, GatherHandOverFacts.MostPlaces, cancellation) switch
        {
            null => await End(work, item, row, cancellation),
            IccamAnswer.Refused refused => await Refuse(work, item, row, HandOverState.Unclear, refused.Code, cancellation),
            IccamAnswer.Away away => new WorkOutcome.TryAgain(away.Problem),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<WorkOutcome> End(WorkItem work, Item item, HotlineHandOver row, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.HandOver, Exchange, item.Id.Subject);
        (row.State, row.EndedAt) = (HandOverState.HandedOver, action.Now);
        await action.Reach(item, Station.HandedOver, cancellation);
        await action.Reach(item, Station.Answered, cancellation);
        item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? PersonNeeded.PoliceNotTold : null;
        item.Close(ItemClosure.HandedToSisterHotline, action.Now);
        action.Emit(new HandedOverToSisterHotline(item.Id, row.Country, row.Reference));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    /// <summary>It doesn't go on by itself: a person decides another route, or looks into the exchange.</summary>
    private async Task<WorkOutcome> Refuse(
        WorkItem work, Item item, HotlineHandOver row, HandOverState state, string problem, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.HandOver, Exchange, item.Id.Subject);
        (row.State, row.EndedAt, row.Problem) = (state, action.Now, problem.Length <= 300 ? problem : problem[..300]);
        item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? PersonNeeded.PoliceNotTold
            : state is HandOverState.Unclear ? PersonNeeded.HandOverUnclear : PersonNeeded.NoRoute;
        action.Emit(new HandOverRefused(item.Id, row.Country, row.Reference));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
