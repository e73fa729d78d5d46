using System.Text;
using Egida.Access;
using Egida.Evidence;
using Egida.Evidence.Sealing;
using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;
using Egida.Platform.Web;
using Egida.Wellbeing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

public sealed record DisputedMaterialOpened(HashDisputeId DisputeId, ItemId ItemId, EvidenceId EvidenceId) : DomainEvent;

public sealed record DisputedMaterialShown(HashDisputeId DisputeId, ItemId ItemId, EvidenceId EvidenceId, ExposureKind How) : DomainEvent;

/// <summary>
/// The second assessor of a record looks at its material, if this hotline holds it sealed: only who holds the case and had no part in it, first nothing, then small, grey and blurred, then
/// for seconds as it is. Opening is an action and a link in the custody chain, committed before anything is decoded; showing is an action and a line of the person's exposure, committed before
/// the picture is sent (docs/decisions/0143).
/// </summary>
internal sealed class ShowDisputed(
    EgidaDb db, ActionBook actions, SealedStore store, MediaSandbox sandbox, BlindTo blind, ShowDispute cases, RevealPass passes, SamplingTerms terms, Words words,
    ILogger<ShowDisputed> log, TimeProvider clock)
{
    public static readonly ActionKind OpenKind = new("assessment.open-disputed") { LooksAtMaterial = true };

    public static readonly ActionKind ShowBlurred = new("assessment.show-disputed-blurred") { LooksAtMaterial = true };

    public static readonly ActionKind Reveal = new("assessment.reveal-disputed") { LooksAtMaterial = true };

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>POST /staff/assessment/disputes/{disputeId}/look</summary>
    internal static Task<IResult> PostLook(HashDisputeId disputeId, HttpContext http, CurrentStaff staff, ShowDisputed material, CancellationToken cancellation) =>
        material.Answer(disputeId, http, staff, CaseView.Showing.Blurred, cancellation);

    /// <summary>POST /staff/assessment/disputes/{disputeId}/reveal: the deliberate act.</summary>
    internal static Task<IResult> PostReveal(HashDisputeId disputeId, HttpContext http, CurrentStaff staff, ShowDisputed material, CancellationToken cancellation) =>
        material.Answer(disputeId, http, staff, CaseView.Showing.Revealed, cancellation);

    /// <summary>POST /staff/assessment/disputes/{disputeId}/hide</summary>
    internal static Task<IResult> PostHide(HashDisputeId disputeId, HttpContext http, CurrentStaff staff, ShowDisputed material, CancellationToken cancellation) =>
        material.Answer(disputeId, http, staff, CaseView.Showing.Nothing, cancellation);

    /// <summary>GET /staff/assessment/disputes/{disputeId}/blurred</summary>
    internal static async Task<IResult> GetBlurred(HashDisputeId disputeId, HttpContext http, CurrentStaff staff, ShowDisputed material, CancellationToken cancellation) =>
        await material.Held(disputeId, staff.Id, cancellation) is { } finding
            ? await material.Show(disputeId, finding, staff, ExposureKind.Blurred, cancellation)
            : await Refuse(http, staff);

    /// <summary>GET /staff/assessment/disputes/{disputeId}/picture?pass=…</summary>
    internal static async Task<IResult> GetPicture(
        HashDisputeId disputeId, string? pass, HttpContext http, CurrentStaff staff, ShowDisputed material, CancellationToken cancellation) =>
        await material.Held(disputeId, staff.Id, cancellation) is { } finding && await material.MaySee(finding, pass, staff.Id, cancellation)
            ? await material.Show(disputeId, finding, staff, ExposureKind.Revealed, cancellation)
            : await Refuse(http, staff);

    /// <summary>The case's page comes back with the labels that were chosen.</summary>
    private async Task<IResult> Answer(HashDisputeId id, HttpContext http, CurrentStaff staff, CaseView.Showing showing, CancellationToken cancellation)
    {
        if (await Held(id, staff.Id, cancellation) is not { } finding)
        {
            return await Refuse(http, staff);
        }

        var reveals = showing == CaseView.Showing.Revealed;
        var look = reveals && await HasSeenEnough(staff.Id, cancellation)
            ? new CaseView.Look(CaseView.Showing.Enough)
            : new CaseView.Look(showing, reveals ? passes.Issue(finding.ItemId, finding.EvidenceId, staff.Id) : null);
        return await cases.Page(id, http, staff, new CaseView.Sent(await http.Request.ReadFormAsync(cancellation)), [], cancellation, look);
    }

    /// <summary>What this person may look at now: the case is theirs, and they had no part in it.</summary>
    private async Task<MediaFinding?> Held(HashDisputeId id, StaffId staff, CancellationToken cancellation) =>
        await db.Set<DisputeCase>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.State == DisputeState.Taken && c.Assessor == staff, cancellation) is { RecordId: { } record } about
            && await blind.MayAssess(about, staff, cancellation)
            ? await SealedMaterialOfRecords.Of(db, record, Now, cancellation)
            : null;

    private async Task<bool> MaySee(MediaFinding finding, string? pass, StaffId staff, CancellationToken cancellation) =>
        passes.Holds(pass, finding.ItemId, finding.EvidenceId, staff) && !await HasSeenEnough(staff, cancellation);

    /// <summary>Everything that they were shown as it is, wherever: a second assessment can wait for tomorrow.</summary>
    private async Task<bool> HasSeenEnough(StaffId staff, CancellationToken cancellation)
    {
        var since = Now.AddDays(-1);
        return await db.Set<Exposure>().CountAsync(e => e.Staff == staff && e.Kind == ExposureKind.Revealed && e.At > since, cancellation) >= terms.RevealsPerDay;
    }

    private async Task<IResult> Show(HashDisputeId id, MediaFinding finding, CurrentStaff staff, ExposureKind how, CancellationToken cancellation) =>
        await Picture(id, finding, staff, how, cancellation) is { } png
            ? TypedResults.Bytes(png, "image/png")
            : TypedResults.Text(words["dispute.picture.unshown"], "text/plain", Encoding.UTF8, StatusCodes.Status422UnprocessableEntity);

    /// <returns>A PNG; null if the material can't be shown.</returns>
    internal async Task<byte[]?> Picture(HashDisputeId id, MediaFinding finding, CurrentStaff staff, ExposureKind how, CancellationToken cancellation)
    {
        try
        {
            if (await Pixels(id, finding, staff, how, cancellation) is not { } pixels)
            {
                return null;
            }

            var action = actions.Begin(how == ExposureKind.Blurred ? ShowBlurred : Reveal, staff.Actor, id.Subject);
            Exposure.Note(action, staff.Id, finding.ItemId, how);
            action.Emit(new DisputedMaterialShown(id, finding.ItemId, finding.EvidenceId, how));
            await action.Commit(cancellation);
            return how == ExposureKind.Blurred ? MildPicture.Blurred(pixels) : MildPicture.Revealed(pixels);
        }
        catch (Exception e) when (e is SealBrokenException or SandboxUnavailableException or IOException)
        {
            log.LogError(e, "The material of a record in dispute can't be shown.");
            return null;
        }
    }

    /// <summary>What was assessed has previews. What was known when it came has none, and none are kept: the sandbox makes one from the sealed file, for this showing.</summary>
    private async Task<PreviewPixels?> Pixels(HashDisputeId id, MediaFinding finding, CurrentStaff staff, ExposureKind how, CancellationToken cancellation)
    {
        var preview = how == ExposureKind.Blurred ? finding.SmallPreview : finding.LargePreview;
        await using var content = await Open(id, finding, preview ?? finding.EvidenceId, staff, cancellation);
        if (preview is null)
        {
            return Sighting.Of(await sandbox.Inspect(content, cancellation)).Previews is { } made ? how == ExposureKind.Blurred ? made.Small : made.Large : null;
        }

        using var all = new MemoryStream();
        await content.CopyToAsync(all, cancellation);
        return PreviewPixels.FromBytes(all.ToArray());
    }

    /// <summary>
    /// Checked before the turn, because a large file takes seconds; opened in the turn, so that two who look at once don't both take the same place in the chain, and committed: whatever comes of it,
    /// it was opened. It stays readable, and nobody waits for the sandbox.
    /// </summary>
    private async Task<Stream> Open(HashDisputeId id, MediaFinding finding, EvidenceId evidence, CurrentStaff staff, CancellationToken cancellation)
    {
        await using var ready = await store.Check(db, evidence, cancellation);
        var action = actions.Begin(OpenKind, staff.Actor, id.Subject);
        await action.TakeTurn(cancellation);
        try
        {
            var content = await store.Open(action, ready, "second assessment", cancellation, CustodyAct.Previewed);
            try
            {
                action.Emit(new DisputedMaterialOpened(id, finding.ItemId, evidence));
                await action.Commit(cancellation);
                return content;
            }
            catch
            {
                await content.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await action.Leave();
            throw;
        }
    }

    /// <summary>The same answer whether the case isn't theirs, has nothing to show or doesn't exist; written in the log.</summary>
    private static async Task<IResult> Refuse(HttpContext http, CurrentStaff staff)
    {
        await StaffPages.LogRefusal(http, staff);
        return Problems.Page(http, StatusCodes.Status404NotFound);
    }
}
