using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Egida.Triage;
using Egida.Wellbeing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

public sealed record MaterialShown(ItemId ItemId, EvidenceId EvidenceId, ExposureKind How) : DomainEvent;

/// <summary>
/// The only way that a pixel reaches a person: the holder of the item, an object that nobody has assessed, first blurred, and as it is only
/// for seconds after asking for it. Each showing is an action, a link in the custody chain and a line of the person's exposure, committed before
/// the picture is sent. Known material has no way here.
/// </summary>
internal sealed class ShowMaterial(EgidaDb db, ActionBook actions, SealedStore store)
{
    public static readonly ActionKind ShowBlurred = new("assessment.show-blurred") { LooksAtMaterial = true };

    public static readonly ActionKind Reveal = new("assessment.reveal") { LooksAtMaterial = true };

    /// <summary>GET /staff/assessment/{itemId}/blurred/{evidenceId}</summary>
    internal static async Task<IResult> GetBlurred(
        ItemId itemId, EvidenceId evidenceId, HttpContext http, CurrentStaff staff, ShowMaterial show, CancellationToken cancellation) =>
        await Logged(await show.Show(itemId, evidenceId, staff, ExposureKind.Blurred, cancellation), http, staff);

    /// <summary>GET /staff/assessment/{itemId}/picture/{evidenceId}?pass=…</summary>
    internal static async Task<IResult> GetPicture(
        ItemId itemId, EvidenceId evidenceId, string? pass, HttpContext http, CurrentStaff staff, ShowMaterial show, RevealPass passes, CancellationToken cancellation) =>
        passes.Holds(pass, itemId, evidenceId, staff.Id)
            ? await Logged(await show.Show(itemId, evidenceId, staff, ExposureKind.Revealed, cancellation), http, staff)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    /// <summary>That somebody was not shown what they asked for is in the log as well.</summary>
    private static async Task<IResult> Logged(IResult answer, HttpContext http, CurrentStaff staff)
    {
        if (answer is IStatusCodeHttpResult { StatusCode: >= 400 })
        {
            await StaffPages.LogRefusal(http, staff);
        }

        return answer;
    }

    internal async Task<IResult> Show(ItemId itemId, EvidenceId evidenceId, CurrentStaff staff, ExposureKind how, CancellationToken cancellation)
    {
        var held = await db.Set<QueueEntry>().AnyAsync(q => q.ItemId == itemId && q.ClaimedBy == staff.Id && q.DoneAt == null, cancellation);
        var finding = await db.Set<MediaFinding>().AsNoTracking()
            .SingleOrDefaultAsync(f => f.ItemId == itemId && f.EvidenceId == evidenceId && f.Verdict == MediaVerdict.Unknown, cancellation);
        var preview = how == ExposureKind.Blurred ? finding?.SmallPreview : finding?.LargePreview;
        if (!held || preview is null)
        {
            return TypedResults.NotFound();
        }

        var action = actions.Begin(how == ExposureKind.Blurred ? ShowBlurred : Reveal, staff.Actor, itemId.Subject);
        var sealedBytes = await store.Read(action, preview.Value, "assessment", cancellation, CustodyAct.Previewed);
        Exposure.Note(action, staff.Id, itemId, how);
        action.Emit(new MaterialShown(itemId, evidenceId, how));
        await action.Commit(cancellation);

        var pixels = PreviewPixels.FromBytes(sealedBytes);
        return TypedResults.Bytes(how == ExposureKind.Blurred ? MildPicture.Blurred(pixels) : MildPicture.Revealed(pixels), "image/png");
    }
}

/// <summary>A short-lived pass to see one picture, for one person: `expiry.HMAC`.</summary>
internal sealed class RevealPass(KeyFolder keys, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private readonly byte[] key = keys.Symmetric("reveal-pass");

    public string Issue(ItemId item, EvidenceId evidence, StaffId staff)
    {
        var expires = (clock.GetUtcNow() + Lasts).ToUnixTimeSeconds();
        return $"{expires}.{Mac(expires, item, evidence, staff)}";
    }

    public bool Holds(string? pass, ItemId item, EvidenceId evidence, StaffId staff)
    {
        var parts = (pass ?? "").Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && expires >= clock.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parts[1]), Encoding.ASCII.GetBytes(Mac(expires, item, evidence, staff)));
    }

    private string Mac(long expires, ItemId item, EvidenceId evidence, StaffId staff) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{expires}|{item}|{evidence}|{staff}")));
}
