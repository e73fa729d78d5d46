using System.Security.Cryptography;
using Egida.Evidence.Capture;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Egida.Platform.Work;
using Egida.Tracing.Domains;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>
/// Capture what was reported. Asks the capture process through the spool, comes back until its drop is there, then takes everything over in one
/// action: files into the sealed store first, rows and keys with the commit, the drop forgotten last. Killed anywhere, it is simply done again.
/// </summary>
internal sealed class CaptureItem(
    EgidaDb db, ActionBook actions, Spool spool, CaptureSettings settings, SealedStore store, KeyFolder keys, TimeProvider clock) : IWorkHandler
{
    public const string Work = "evidence.capture-item";

    public const string IntakeKeyName = "capture-inbox";

    public static readonly ActionKind Kind = new(Work);

    private static readonly Actor Capturer = Actor.System("capture");

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == new ItemId(work.SubjectId), cancellation);
        if (item is null or { ClosedAt: not null } or { Address: null })
        {
            return new WorkOutcome.Done();
        }

        if (await DomainRules.For(db, item.Host, DomainRuleKind.DoNotCapture, cancellation) is not null)
        {
            return await LeaveAlone(work, item, cancellation);
        }

        var attempt = 1 + await db.Set<CaptureRun>().CountAsync(r => r.ItemId == item.Id, cancellation);
        var job = new SpoolJob($"page-{item.Id.Value:N}-{attempt}", JobKind.Page, [item.Address.Value.Reveal()], clock.GetUtcNow().UtcDateTime);
        try
        {
            using var intake = keys.Decrypting(IntakeKeyName);
            spool.PublishIntakeKey(intake.ExportSubjectPublicKeyInfo());
            if (spool.Ask(job) is { } asked)
            {
                return spool.Wait(settings, clock.GetUtcNow().UtcDateTime - asked);
            }

            var drop = spool.Drop(job.Id) ?? throw new InvalidDataException("The drop has no manifest.");
            if (drop.Failure is not null && IsPassing(drop.Failure) && work.Attempts + 1 < settings.Tries)
            {
                spool.Forget(job.Id);
                return new WorkOutcome.TryAgain($"{drop.Failure}: the host didn't answer");
            }

            await Import(work, item, attempt, DropCheck.Check(drop, job, settings.Limits), intake, cancellation);
        }
        catch (IOException e)
        {
            return new WorkOutcome.TryAgain($"disk: the spool or the sealed store can't be used ({e.GetType().Name}); is the disk full?");
        }
        catch (Exception e) when (e is InvalidDataException or SealBrokenException or CryptographicException or System.Text.Json.JsonException)
        {
            return new WorkOutcome.Park($"drop-refused: what the capture process handed over doesn't hold ({e.GetType().Name})");
        }

        Tidy(job.Id);
        return new WorkOutcome.Done();
    }

    /// <summary>A rule about the domain: nothing is asked of the capture process, and a person decides what comes instead.</summary>
    private async Task<WorkOutcome> LeaveAlone(WorkItem work, Item item, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Capturer, item.Id.Subject);
        item.PersonNeeded = PersonNeeded.NotToBeCaptured;
        action.Emit(new ItemNotCaptured(item.Id, "do-not-capture"));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private async Task Import(WorkItem work, Item item, int attempt, Manifest drop, RSA intake, CancellationToken cancellation)
    {
        foreach (var one in drop.Objects)
        {
            await using var file = File.OpenRead(Spool.ObjectFile(spool.DropFolder(drop.Job), one.Id));
            await store.Take(file, one.SealedSize, one.SealedSha256, cancellation);
        }

        var action = actions.Begin(Kind, Capturer, item.Id.Subject);
        foreach (var one in drop.Objects)
        {
            var key = intake.Decrypt(one.WrappedKey, RSAEncryptionPadding.OaepSHA256);
            var facts = new SealedFacts(one.Size, one.Sha256, one.SealedSize, one.SealedSha256, key);
            await store.Enter(
                action,
                new NewObject(
                    new EvidenceId(one.Id), item.Id, one.Kind, one.Address.Length == 0 ? item.Address : new ReportedAddress(one.Address), null, one.MediaType, facts,
                    string.Join(' ', one.Marks), one.CapturedAt, drop.Tool),
                cancellation);
        }

        var captured = drop.Objects.Where(o => o.Kind is not EvidenceKind.Transfer).ToList();
        var run = RunOf(item.Id, attempt, drop, captured);
        action.Db.Add(run);
        await Conclude(action, item, run, cancellation);
        action.Completes(work);
        await action.Commit(cancellation);
    }

    private static async Task Conclude(ActionContext action, Item item, CaptureRun run, CancellationToken cancellation)
    {
        if (run.Objects == 0)
        {
            item.PersonNeeded = WhoHelps(run.Failure ?? "nothing-came");
            action.Emit(new ItemNotCaptured(item.Id, run.Failure ?? "nothing-came"));
            return;
        }

        if (item.PersonNeeded is PersonNeeded.CaptureFailed or PersonNeeded.HostUnknown or PersonNeeded.AddressForbidden or PersonNeeded.NotToBeCaptured)
        {
            item.PersonNeeded = null;
        }

        await action.Reach(item, Station.Captured, cancellation);
        action.Emit(new ItemCaptured(item.Id, run.Objects, run.Marked));
    }

    internal static PersonNeeded WhoHelps(string failure) => failure switch
    {
        _ when failure.StartsWith("forbidden-", StringComparison.Ordinal) => PersonNeeded.AddressForbidden,
        "host-unknown" => PersonNeeded.HostUnknown,
        _ => PersonNeeded.CaptureFailed,
    };

    /// <summary>May be different in a minute, without anybody doing anything.</summary>
    internal static bool IsPassing(string failure) =>
        failure is "dns-failure" or "connect-timeout" or "connect-refused" or "connect-unreachable" or "connect-failed" or "connect-denied"
            or "headers-timeout" or "connection-lost" or "no-answer" or "job-time";

    private static CaptureRun RunOf(ItemId item, int attempt, Manifest drop, List<ManifestObject> captured)
    {
        var missed = string.Join(' ', drop.Missed.CountBy(m => m).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}×{m.Value}"));
        return new CaptureRun
        {
            ItemId = item,
            Attempt = attempt,
            StartedAt = drop.StartedAt,
            FinishedAt = drop.FinishedAt,
            Failure = drop.Failure,
            Objects = captured.Count,
            Marked = captured.Count(o => o.Marks.Count > 0),
            Missed = missed.Length <= 1000 ? missed : missed[..1000],
            Tool = drop.Tool,
        };
    }

    private void Tidy(string job)
    {
        try
        {
            spool.Forget(job);
        }
        catch (IOException)
        {
            // Committed already; what is left is found by nobody, because the next attempt has another number.
        }
    }
}
