using Egida.Contacts;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Police.Certificates;
using Egida.Police.Sealing;
using Egida.Routing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police;

/// <summary>
/// An item was routed to the police: gives the case a reference, then opens what was captured, packs it with all that is known into bags, and
/// seals them for the police unit's certificate.
/// </summary>
internal sealed class BuildPolicePackage(
    EgidaDb db, ActionBook actions, PackPart pack, PoliceUnits units, IOptions<PoliceOptions> options, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "police.build-package";
    private const string Series = "EG";

    private static readonly Actor Police = Actor.System("police");

    public static class Kinds
    {
        public static readonly ActionKind Order = new("police.order-package");
        public static readonly ActionKind Build = new(WorkKind) { LooksAtMaterial = true };
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        var decisions = await db.Set<RoutingDecision>().Where(d => d.ItemId == id).OrderBy(d => d.At).ThenBy(d => d.Id).ToListAsync(cancellation);
        var decision = decisions.LastOrDefault(d => d.Acts.Any(a => a.Kind == ActKind.Police));
        if (item is null || decision is null)
        {
            return new WorkOutcome.Done();
        }

        var known = await db.Set<PolicePackage>().Where(p => p.DecisionId == decision.Id && (work.Key == "" || p.Unit == work.Key))
            .OrderBy(p => p.OrderedAt).FirstOrDefaultAsync(cancellation);
        if (known?.SealedAt is not null)
        {
            return new WorkOutcome.Done();
        }

        // Before anything can stand in the way: what waits has a number, a page, and a unit that can be phoned.
        var package = known ?? await Order(item, decision, work.Key, cancellation);
        var (recipient, problem) = await ApprovedCertificate.Of(db, units.Of(package.Unit), clock.GetUtcNow().UtcDateTime, cancellation);
        using (recipient)
        {
            if (recipient is null)
            {
                // The day comes by itself; everything else needs a person.
                return problem!.StartsWith("certificate-not-yet-valid", StringComparison.Ordinal) ? new WorkOutcome.Later(TimeSpan.FromHours(1), problem) : new WorkOutcome.Park(problem);
            }

            try
            {
                await Build(work, item, decision, package, recipient, cancellation);
                return new WorkOutcome.Done();
            }
            catch (IOException e)
            {
                return new WorkOutcome.TryAgain($"disk: the sealed store or the packages' folder can't be used ({e.GetType().Name}); is the disk full?");
            }
            catch (SealBrokenException)
            {
                return new WorkOutcome.Park("seal-broken: a captured object isn't the one that was sealed, so nothing was packed; restore the sealed store from a backup and retry");
            }
        }
    }

    /// <summary>The reference is committed before the work is begun: a crash in between uses the same one again.</summary>
    /// <param name="unit">A person's choice, or empty: the country's rules decide.</param>
    private async Task<PolicePackage> Order(Item item, RoutingDecision decision, string unit, CancellationToken cancellation)
    {
        var trace = await db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == item.Id).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        var concerns = await db.Set<Report>().Where(r => r.ItemId == item.Id).Select(r => r.Concern).Distinct().ToListAsync(cancellation);
        var action = actions.Begin(Kinds.Order, Police, item.Id.Subject);
        var package = new PolicePackage
        {
            Id = Id.New<PolicePackageId>(action.Clock),
            ItemId = item.Id,
            DecisionId = decision.Id,
            Unit = (unit.Length > 0 ? units.Of(unit) : units.For(trace?.Holder, trace?.NetworkHandle, decision.Country)).Code,
            IsUrgent = concerns.Any(c => units.Urgent.Contains(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(c.ToString()))),
            Reference = await RunningNumber.Take(action, Series, cancellation),
            OrderedAt = action.Now,
        };
        db.Add(package);
        await action.Commit(cancellation);
        return package;
    }

    private async Task Build(WorkItem work, Item item, RoutingDecision decision, PolicePackage package, Recipient recipient, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Build, Police, item.Id.Subject);
        var facts = await CaseFacts.Of(db, package, decision, item, options.Value.LargestPart, cancellation);
        var parts = new List<PolicePackagePart>();
        for (var number = 1; number <= facts.Plan.Parts; number++)
        {
            parts.Add(await pack.Pack(action, facts, number, recipient, cancellation));
        }

        db.AddRange(parts);
        package.Seal(action.Now, recipient.Fingerprint, parts);
        action.Emit(new PolicePackageSealed(item.Id, package.Id.Value));
        action.Completes(work);
        await action.Commit(cancellation);
    }
}
