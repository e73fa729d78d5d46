using Egida.Evidence;
using Egida.Evidence.Sealing;
using Egida.HashBank;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Matching;

/// <summary>
/// Known or not: opens every sealed medium of the item, hashes it, lets the sandbox look at it and asks the hash bank. Only what is unknown gets
/// previews, sealed like the rest: what is known is never shown to anybody. All in one action, so after a crash it is simply done again.
/// </summary>
internal sealed class RecogniseItem(EgidaDb db, ActionBook actions, SealedStore store, MediaSandbox sandbox, Lookup lookup) : IWorkHandler
{
    public const string Work = "matching.recognise-item";

    public static readonly ActionKind Kind = new(Work) { LooksAtMaterial = true };

    private static readonly Actor Matcher = Actor.System("matching");

    internal static MediaVerdict Decide(Lookup.Match? match, bool isPicture) => match switch
    {
        { Kind: HashKind.Pdq } => MediaVerdict.KnownNear,
        not null => MediaVerdict.KnownExact,
        null => isPicture ? MediaVerdict.Unknown : MediaVerdict.Undecodable,
    };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == new ItemId(work.SubjectId), cancellation);
        if (item is null or { ClosedAt: not null })
        {
            return new WorkOutcome.Done();
        }

        try
        {
            await Recognise(work, item, cancellation);
            return new WorkOutcome.Done();
        }
        catch (SandboxUnavailableException e)
        {
            // Never "unknown": the file isn't to blame, the machine is.
            return new WorkOutcome.TryAgain($"no-sandbox: {e.Message}"[..Math.Min(500, e.Message.Length + 12)]);
        }
        catch (SealBrokenException e)
        {
            return new WorkOutcome.Park($"seal-broken: {e.Message}");
        }
        catch (IOException e)
        {
            return new WorkOutcome.TryAgain($"disk: the sealed store can't be used ({e.GetType().Name}); is the disk full?");
        }
    }

    private async Task Recognise(WorkItem work, Item item, CancellationToken cancellation)
    {
        var findings = await db.Set<MediaFinding>().Where(f => f.ItemId == item.Id).ToListAsync(cancellation);
        var media = await db.Set<EvidenceObject>()
            .Where(e => e.ItemId == item.Id && e.Kind == EvidenceKind.Media && !db.Set<MediaFinding>().Any(f => f.EvidenceId == e.Id))
            .OrderBy(e => e.CapturedAt).ThenBy(e => e.Id)
            .ToListAsync(cancellation);

        var action = actions.Begin(Kind, Matcher, item.Id.Subject);
        try
        {
            foreach (var about in media)
            {
                findings.Add(await Look(action, about, findings.Count + 1, cancellation));
            }
        }
        catch
        {
            // Nothing is committed yet: the previews of this try would only fill the disk.
            store.Discard(action);
            throw;
        }

        var count = findings.CountBy(f => f.Verdict).ToDictionary();
        await action.Reach(item, Station.Recognised, cancellation);
        action.Emit(new ItemRecognised(
            item.Id,
            Known: count.GetValueOrDefault(MediaVerdict.KnownExact),
            Near: count.GetValueOrDefault(MediaVerdict.KnownNear),
            Unknown: count.GetValueOrDefault(MediaVerdict.Unknown),
            Undecodable: count.GetValueOrDefault(MediaVerdict.Undecodable)));
        action.Completes(work);
        await action.Commit(cancellation);
    }

    private async Task<MediaFinding> Look(ActionContext action, EvidenceObject about, int number, CancellationToken cancellation)
    {
        var (digests, seen) = await Open(action, about, cancellation);
        var (match, hint) = await lookup.Find(new Lookup.Query(digests.Md5, digests.Sha1, digests.Sha256, seen.Turned, seen.Pdq?.Quality ?? 0), cancellation);
        var verdict = Decide(match, seen.IsPicture);
        var previews = verdict == MediaVerdict.Unknown ? seen.Previews : null;
        var finding = new MediaFinding
        {
            EvidenceId = about.Id,
            ItemId = about.ItemId,
            Number = number,
            Verdict = verdict,
            Kind = seen.Kind,
            Mark = seen.Mark,
            Width = seen.Width,
            Height = seen.Height,
            SizeBytes = about.Size,
            RecordId = match?.Record,
            HintId = hint,
            Distance = match?.Distance,
            Md5 = digests.Md5,
            Sha1 = digests.Sha1,
            Sha256 = digests.Sha256,
            Pdq = seen.Pdq?.Hash.ToString(),
            PdqQuality = seen.Pdq?.Quality,
            SmallPreview = await Seal(action, about, previews?.Small, cancellation),
            LargePreview = await Seal(action, about, previews?.Large, cancellation),
            FoundAt = action.Now,
        };
        action.Db.Add(finding);
        return finding;
    }

    private async Task<(DigestingStream.Digests, Sighting)> Open(ActionContext action, EvidenceObject about, CancellationToken cancellation)
    {
        await using var content = new DigestingStream(await store.Open(action, about.Id, "recognition", cancellation));
        var inspection = await sandbox.Inspect(content, cancellation);
        return (await content.Finish(cancellation), Sighting.Of(inspection));
    }

    private async Task<EvidenceId?> Seal(ActionContext action, EvidenceObject about, PreviewPixels? preview, CancellationToken cancellation) =>
        preview is null ? null : await store.Seal(action, about.ItemId, EvidenceKind.Derived, preview.ToBytes(), null, about.Id, cancellation);
}
