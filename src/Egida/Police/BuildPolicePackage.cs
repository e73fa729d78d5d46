using System.Security.Cryptography;
using Egida.Contacts;
using Egida.Evidence;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police;

/// <summary>
/// An item was routed to the police: gives the case a reference, then opens what was captured, packs it with all that is known into a bag, and
/// seals it for the police unit's certificate. The plain bag exists only in memory.
/// </summary>
internal sealed class BuildPolicePackage(
    EgidaDb db, ActionBook actions, SealedStore store, PackageFolder folder, ContactBook contacts, Contacts.Institution institution, Texts texts,
    IOptions<PoliceOptions> options, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "police.build-package";
    private const string Series = "EG";
    private const string Purpose = "police package";

    private static readonly Actor Police = Actor.System("police");

    public static class Kinds
    {
        public static readonly ActionKind Order = new("police.order-package");
        public static readonly ActionKind Build = new(WorkKind) { LooksAtMaterial = true };
    }

    /// <summary>The code and the way out when it is too much for one package in memory; else null.</summary>
    internal static string? TooLarge(long bytes, int megabytes) => bytes <= megabytes * 1024L * 1024
        ? null
        : $"package-too-large: the captured objects have {bytes / 1024 / 1024} MiB together, the limit is {megabytes}. Raise Police:LargestPackageMegabytes "
            + "(the machine needs five times as much memory) and retry, or agree on another way with the police unit";

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

        var known = await db.Set<PolicePackage>().FirstOrDefaultAsync(p => p.DecisionId == decision.Id, cancellation);
        if (known?.SealedAt is not null)
        {
            return new WorkOutcome.Done();
        }

        var (recipient, problem) = Recipient.Read(contacts.Police.RecipientCertificateFile, clock.GetUtcNow().UtcDateTime);
        using (recipient)
        {
            problem ??= TooLarge(await CaseFacts.Captured(db, id).SumAsync(o => o.Size, cancellation), options.Value.LargestPackageMegabytes);
            if (recipient is null || problem is not null)
            {
                return new WorkOutcome.Park(problem!);
            }

            var package = known ?? await Order(item, decision, cancellation);
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
    private async Task<PolicePackage> Order(Item item, RoutingDecision decision, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Order, Police, item.Id.Subject);
        var package = new PolicePackage
        {
            Id = Id.New<PolicePackageId>(action.Clock),
            ItemId = item.Id,
            DecisionId = decision.Id,
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
        var facts = await CaseFacts.Of(db, package, decision, item, cancellation);
        var bag = new Bag(package.Reference);
        try
        {
            foreach (var (about, index) in facts.Objects.Select((o, i) => (o, i)))
            {
                bag.Add(CaseFacts.PathOf(about, index + 1), await store.Read(action, about.Id, Purpose, cancellation, CustodyAct.Exported));
            }

            bag.Add("case.json", facts.CaseJson());
            bag.Add("trace.json", facts.TraceJson());
            bag.Add("hashes.json", facts.HashesJson());
            bag.Add("custody.json", CaseFacts.CustodyJson(await Chains(facts.Objects, cancellation)));
            bag.Add("assessment.json", facts.AssessmentJson());
            bag.Add("summary.html", PackageSummary.Compose(facts, institution, contacts.Police, texts, options.Value.Language, action.Now));
            var plain = bag.ToZip(Info(package), action.Now);
            var (encrypted, plainHash) = (recipient.Seal(plain), Hash(plain));
            CryptographicOperations.ZeroMemory(plain);
            folder.Keep(package.Id, encrypted);
            package.Seal(action.Now, facts.Objects.Count, encrypted.LongLength, Hash(encrypted), plainHash, recipient.Fingerprint);
        }
        finally
        {
            bag.Forget();
        }

        action.Emit(new PolicePackageSealed(item.Id, package.Id.Value));
        action.Completes(work);
        await action.Commit(cancellation);
    }

    /// <summary>Each object's chain up to the link that this very action adds: it was opened for this package.</summary>
    private async Task<List<CustodyEvent>> Chains(IReadOnlyList<EvidenceObject> objects, CancellationToken cancellation)
    {
        var ids = objects.Select(o => o.Id).ToList();
        var kept = await db.Set<CustodyEvent>().AsNoTracking().Where(e => ids.Contains(e.EvidenceId)).ToListAsync(cancellation);
        var added = db.ChangeTracker.Entries<CustodyEvent>().Where(e => e.State == EntityState.Added && ids.Contains(e.Entity.EvidenceId)).Select(e => e.Entity);
        return [.. kept.Concat(added).OrderBy(e => e.EvidenceId.Value).ThenBy(e => e.Seq)];
    }

    private Dictionary<string, string> Info(PolicePackage package) => new()
    {
        ["Source-Organization"] = institution.Name,
        ["Organization-Address"] = institution.PostalAddress,
        ["Contact-Phone"] = institution.Phone,
        ["Contact-Email"] = institution.Mail,
        ["External-Identifier"] = package.Reference,
        ["Internal-Sender-Identifier"] = package.Id.ToString(),
    };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
