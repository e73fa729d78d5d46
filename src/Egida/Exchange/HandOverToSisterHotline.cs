using System.Globalization;
using System.Net;
using System.Text.Json;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Routing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Exchange;

/// <summary>
/// Gives an item hosted abroad to that country's hotline through the exchange. The reference is committed before the call and unique at the
/// partner, so a repeat after a crash finds "already there" and counts as done.
/// </summary>
internal sealed class HandOverToSisterHotline(EgidaDb db, ActionBook actions, IccamClient iccam) : IWorkHandler
{
    public const string WorkKind = "exchange.hand-over";
    private const string Series = "EG-X";
    private const int MostMedia = 99;

    public static class Kinds
    {
        public static readonly ActionKind Begin = new("exchange.begin-hand-over");
        public static readonly ActionKind HandOver = new(WorkKind);
    }

    private static readonly Actor Exchange = Actor.System("exchange");

    /// <summary>The only objection is to the reference: the partner has this report already.</summary>
    internal static bool IsAlreadyThere(IccamAnswer.Refused refused) => refused.Status == 400 && refused.Fields is ["hotlineReference"];

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        var route = await db.Set<RoutingDecision>().Where(d => d.ItemId == id).OrderByDescending(d => d.At).FirstOrDefaultAsync(cancellation);
        var country = route?.Acts.FirstOrDefault(a => a.Kind == ActKind.SisterHotline)?.Country ?? route?.Country;
        if (item?.Address is null || country is null)
        {
            return new WorkOutcome.Park("not-ready: the item has no address or its route names no country");
        }

        var known = await db.Set<HotlineHandOver>().FirstOrDefaultAsync(h => h.ItemId == id, cancellation);
        if (item.ClosedAt is not null || known is { State: not HandOverState.Begun })
        {
            return new WorkOutcome.Done();
        }

        if (!iccam.IsConnected)
        {
            return new WorkOutcome.Park("iccam-not-connected: set Iccam:BaseUrl, Username, Password and the client certificate, then retry");
        }

        var repeat = known is not null;
        var row = known ?? await Begin(item, country, cancellation);
        var facts = await Gather(item, row, cancellation);
        if (facts is null)
        {
            return new WorkOutcome.Park("no-iccam-code: the assessment's rules give no ICCAM code for this item");
        }

        return await iccam.PostReport(IccamReport.Compose(facts, iccam.Analyst), cancellation) switch
        {
            IccamAnswer.Ok ok => await Assigned(work, item, row, facts, Number(ok.Body), cancellation),
            IccamAnswer.Refused refused when repeat && IsAlreadyThere(refused) => await End(work, item, row, facts, null, cancellation),
            IccamAnswer.Refused refused => await Refuse(work, item, row, refused.Code, cancellation),
            IccamAnswer.Away away => new WorkOutcome.TryAgain(away.Problem),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static int? Number(JsonElement body) => body.ValueKind == JsonValueKind.Number && body.TryGetInt32(out var plain) ? plain
        : body.ValueKind == JsonValueKind.Object && body.TryGetProperty("reportId", out var named) && named.TryGetInt32(out var number) ? number : null;

    private async Task<HotlineHandOver> Begin(Item item, string country, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Begin, Exchange, item.Id.Subject);
        var row = new HotlineHandOver { ItemId = item.Id, Reference = await RunningNumber.Take(action, Series, cancellation), Country = country, BegunAt = action.Now };
        db.Add(row);
        await action.Commit(cancellation);
        return row;
    }

    private async Task<HandOverFacts?> Gather(Item item, HotlineHandOver row, CancellationToken cancellation)
    {
        var outcomes = await db.Set<DerivedOutcome>().AsNoTracking().Where(o => o.ItemId == item.Id).OrderByDescending(o => o.ComputedAt).ToListAsync(cancellation);
        var trace = await db.Set<HostingTrace>().Where(t => t.ItemId == item.Id && t.Outcome == TraceOutcome.Found).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        if (Codes(null) is not { } ofItem)
        {
            return null;
        }

        var findings = await db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == item.Id).OrderBy(f => f.Number).ToListAsync(cancellation);
        var objects = await db.Set<EvidenceObject>().AsNoTracking().Where(o => o.ItemId == item.Id && o.Kind == EvidenceKind.Media).ToDictionaryAsync(o => o.Id, cancellation);
        var itself = objects.Values.Any(o => o.Source == item.Address);
        var media = findings
            .Select(f => (Source: objects.GetValueOrDefault(f.EvidenceId)?.Source, Codes: Codes(f.EvidenceId) ?? (f.RecordId is null ? null : ofItem)))
            .Where(m => m.Source is not null && m.Source != item.Address && m.Codes is not null)
            .DistinctBy(m => m.Source).Take(MostMedia)
            .Select(m => new ReportedPlace(m.Source!.Value, false, true, m.Codes));
        return new HandOverFacts(
            row.Reference, item.OpenedAt, row.Country, IPAddress.TryParse(trace?.Address, out var ip) ? ip : null, trace?.Holder, trace?.Asn,
            [new ReportedPlace(item.Address!.Value, true, itself, ofItem), .. media]);

        AssessmentCodes? Codes(EvidenceId? about) => Code("ICCAM", about) is { } classification
            ? new AssessmentCodes(classification, Code("ICCAM-age", about) ?? 1, Code("ICCAM-sex", about) ?? 1)
            : null;

        int? Code(string scheme, EvidenceId? about) =>
            int.TryParse(outcomes.FirstOrDefault(o => o.Scheme == scheme && o.EvidenceId == about)?.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
    }

    /// <summary>Each address is then given to the country (the exchange leaves new ones with whoever reported them). Twice does no harm.</summary>
    private async Task<WorkOutcome> Assigned(WorkItem work, Item item, HotlineHandOver row, HandOverFacts facts, int? report, CancellationToken cancellation)
    {
        if (report is { } number && await iccam.ReadReport(number, cancellation) is IccamAnswer.Ok { Body.ValueKind: JsonValueKind.Object } read
            && read.Body.TryGetProperty("reportContents", out var contents) && contents.ValueKind == JsonValueKind.Array)
        {
            foreach (var content in contents.EnumerateArray().Take(MostMedia + 1))
            {
                if (content.TryGetProperty("contentId", out var contentId) && contentId.TryGetInt32(out var known))
                {
                    await iccam.AssignCountry(known, row.Country, cancellation);
                }
            }
        }

        return await End(work, item, row, facts, report, cancellation);
    }

    private async Task<WorkOutcome> End(WorkItem work, Item item, HotlineHandOver row, HandOverFacts facts, int? report, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.HandOver, Exchange, item.Id.Subject);
        (row.State, row.EndedAt, row.PartnerReport, row.Addresses) = (HandOverState.HandedOver, action.Now, report, facts.Places.Count);
        await action.Reach(item, Station.HandedOver, cancellation);
        await action.Reach(item, Station.Answered, cancellation);
        item.PersonNeeded = null;
        item.Close(ItemClosure.HandedToSisterHotline, action.Now);
        action.Emit(new HandedOverToSisterHotline(item.Id, row.Country, row.Reference));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private async Task<WorkOutcome> Refuse(WorkItem work, Item item, HotlineHandOver row, string problem, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.HandOver, Exchange, item.Id.Subject);
        (row.State, row.EndedAt, row.Problem) = (HandOverState.Refused, action.Now, problem.Length <= 300 ? problem : problem[..300]);
        item.PersonNeeded = PersonNeeded.NoRoute;
        action.Emit(new HandOverRefused(item.Id, row.Country, row.Reference));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
