using Egida.Contacts;
using Egida.Evidence;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Police.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>
/// Pours one part of a package through bag, signature and encryption into its file. What is plain is in memory a piece at a time, however much the part holds.
/// </summary>
internal sealed class PackPart(
    SealedStore store, PackageFolder folder, HotlineSeal seal, PoliceUnits units, Contacts.Institution institution, Texts texts)
{
    private const string Purpose = "police package";

    public async Task<PolicePackagePart> Pack(ActionContext action, CaseFacts facts, int number, Recipient recipient, CancellationToken cancellation)
    {
        var (id, plan) = (facts.Package.Id, facts.Plan);
        var held = plan.Of(number).ToList();
        var file = folder.Begin(id, number);
        try
        {
            await using var sealedBytes = new Digesting(file);
            await using var encrypted = new EncryptedMessage(sealedBytes, recipient);
            await using var signed = new SignedMessage(encrypted, seal, action.Now);
            await using var plain = new Digesting(signed);
            using (var bag = new BagWriter(plain, plan.NameOf(number), action.Now))
            {
                await Fill(bag, action, facts, held, cancellation);
                await bag.Finish(Info(facts.Package, plan, number), cancellation);
            }

            signed.Finish();
            encrypted.Finish();
            folder.Keep(id, number, sealedBytes.Sha256, file);
            return new PolicePackagePart
            {
                PackageId = id,
                Ordinal = number,
                FileName = $"{plan.NameOf(number)}.zip.p7m",
                Objects = held.Count,
                Size = sealedBytes.Size,
                Sha256 = sealedBytes.Sha256,
                BagSha256 = plain.Sha256,
            };
        }
        catch
        {
            await file.DisposeAsync();
            folder.Forget(id, number);
            throw;
        }
    }

    private async Task Fill(BagWriter bag, ActionContext action, CaseFacts facts, IReadOnlyList<PlannedObject> held, CancellationToken cancellation)
    {
        foreach (var planned in held)
        {
            await using var content = await store.Open(action, planned.About.Id, Purpose, cancellation, CustodyAct.Exported);
            await bag.Add(planned.Path, content, cancellation);
        }

        await bag.Add("case.json", facts.CaseJson(), cancellation);
        await bag.Add("case-uco.jsonld", CaseUco.Compose(facts, institution), cancellation);
        await bag.Add("trace.json", facts.TraceJson(), cancellation);
        await bag.Add("hashes.json", facts.HashesJson(), cancellation);
        await bag.Add("vics.json", await VicsForm.Compose(facts, cancellation), cancellation);
        await bag.Add("custody.json", CaseFacts.CustodyJson(await Chains(action, held, cancellation)), cancellation);
        await bag.Add("assessment.json", facts.AssessmentJson(), cancellation);
        var summary = PackageSummary.Of(facts, institution, units.Of(facts.Package.Unit), texts, action.Now);
        await bag.Add("summary.html", summary.Html(), cancellation);
        await bag.Add("summary.pdf", summary.Pdf(), cancellation);
    }

    /// <summary>Each object's chain up to the link that this very action adds: it was opened for this package.</summary>
    private static async Task<List<CustodyEvent>> Chains(ActionContext action, IReadOnlyList<PlannedObject> held, CancellationToken cancellation)
    {
        var ids = held.Select(o => o.About.Id).ToList();
        var kept = await action.Db.Set<CustodyEvent>().AsNoTracking().Where(e => ids.Contains(e.EvidenceId)).ToListAsync(cancellation);
        var added = action.Db.ChangeTracker.Entries<CustodyEvent>().Where(e => e.State == EntityState.Added && ids.Contains(e.Entity.EvidenceId)).Select(e => e.Entity);
        return [.. kept.Concat(added).OrderBy(e => e.EvidenceId.Value).ThenBy(e => e.Seq)];
    }

    private Dictionary<string, string> Info(PolicePackage package, PackagePlan plan, int number) => new()
    {
        ["Source-Organization"] = institution.Name,
        ["Organization-Address"] = institution.PostalAddress,
        ["Contact-Phone"] = institution.Phone,
        ["Contact-Email"] = institution.Mail,
        ["External-Identifier"] = plan.NameOf(number),
        ["Internal-Sender-Identifier"] = package.Id.ToString(),
        ["Bag-Group-Identifier"] = package.Reference,
        ["Bag-Count"] = $"{number} of {plan.Parts}",
    };
}
