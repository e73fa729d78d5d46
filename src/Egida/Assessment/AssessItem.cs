using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Egida.Assessment;

/// <summary>The desk of one item for whoever holds it: what is known stays a neutral tile, what is unknown is labelled.</summary>
public static class AssessItem
{
    private const int MostObjects = 100;

    public sealed record Desk(
        Item Item, QueueEntry Entry, IReadOnlyList<MediaFinding> Findings, IReadOnlyList<ReportedConcern> Concerns, bool SomethingSealed)
    {
        /// <summary>The one object that is shown as it is, and the pass for it.</summary>
        public EvidenceId? Shown { get; init; }

        public string? Pass { get; init; }
    }

    /// <summary>GET /staff/assessment/{itemId}</summary>
    internal static Task<IResult> Get(ItemId itemId, HttpContext http, CurrentStaff staff, EgidaDb db, LabelScheme scheme, CancellationToken cancellation) =>
        Show(itemId, http, staff, db, scheme, Chosen.Nothing, desk => desk, cancellation);

    /// <summary>
    /// POST /staff/assessment/{itemId}/reveal/{evidenceId}: the deliberate act. The page comes back with a pass that opens the picture for seconds,
    /// and with the labels that were chosen.
    /// </summary>
    internal static async Task<IResult> Reveal(
        ItemId itemId, EvidenceId evidenceId, HttpRequest request, CurrentStaff staff, EgidaDb db, LabelScheme scheme, RevealPass passes, CancellationToken cancellation) =>
        await Show(
            itemId, request.HttpContext, staff, db, scheme, new Chosen(await request.ReadFormAsync(cancellation)),
            desk => desk with { Shown = evidenceId, Pass = passes.Issue(itemId, evidenceId, staff.Id) }, cancellation);

    /// <summary>POST /staff/assessment/{itemId}/hide: nothing is shown any more, and the labels that were chosen stay.</summary>
    internal static async Task<IResult> Hide(ItemId itemId, HttpRequest request, CurrentStaff staff, EgidaDb db, LabelScheme scheme, CancellationToken cancellation) =>
        await Show(itemId, request.HttpContext, staff, db, scheme, new Chosen(await request.ReadFormAsync(cancellation)), desk => desk, cancellation);

    private static async Task<IResult> Show(
        ItemId itemId, HttpContext http, CurrentStaff staff, EgidaDb db, LabelScheme scheme, Chosen sent, Func<Desk, Desk> with, CancellationToken cancellation) =>
        await Load(itemId, staff, db, cancellation) is { } desk
            ? Page.Of<AssessPage>(new { Desk = with(desk), Scheme = scheme, Errors = Array.Empty<FormError>(), Sent = sent })
            : await NotYours.Refuse(http, staff);

    /// <summary>POST /staff/assessment/{itemId}</summary>
    internal static async Task<IResult> Post(
        ItemId itemId, HttpRequest request, CurrentStaff staff, EgidaDb db, LabelScheme scheme, RecordAssessment record, Words words, CancellationToken cancellation)
    {
        if (await Load(itemId, staff, db, cancellation) is not { } desk)
        {
            return await NotYours.Refuse(request.HttpContext, staff);
        }

        if (!desk.SomethingSealed)
        {
            return Page.Of<AssessPage>(
                new { Desk = desk, Scheme = scheme, Errors = Array.Empty<FormError>(), Sent = Chosen.Nothing }, StatusCodes.Status409Conflict);
        }

        var sent = new Chosen(await request.ReadFormAsync(cancellation));
        var errors = new List<FormError>();
        var page = Read(scheme, LabelTarget.Page, "page", words["assessment.page"], sent, words, errors);
        var media = desk.Findings.Where(MustBeRead)
            .ToDictionary(f => f.EvidenceId, f => Read(scheme, LabelTarget.Media, Prefix(f.EvidenceId), words.Of("assessment.labels", f.Number, desk.Findings.Count), sent, words, errors));
        if (errors.Count > 0)
        {
            return Page.Of<AssessPage>(new { Desk = desk, Scheme = scheme, Errors = errors.ToArray(), Sent = sent }, StatusCodes.Status422UnprocessableEntity);
        }

        return await record.Handle(itemId, staff, new RecordAssessment.Input(page, media), cancellation) is { } why
            ? TypedResults.LocalRedirect($"/staff/triage?refused={why}")
            : TypedResults.LocalRedirect("/staff/assessment?done=1");
    }

    internal static bool MustBeRead(MediaFinding finding) => finding.Verdict is MediaVerdict.Unknown or MediaVerdict.Undecodable;

    internal static string Prefix(EvidenceId id) => $"m-{id.Value:N}";

    private static LabelSet Read(LabelScheme scheme, LabelTarget target, string prefix, string about, Chosen sent, Words words, List<FormError> errors)
    {
        switch (LabelSet.Read(scheme, target, group => sent.Of(prefix, group)))
        {
            case LabelSet.Reading.Complete complete:
                return complete.Labels;
            case LabelSet.Reading.Refused refused:
                errors.AddRange(refused.Missing.Select(g => new FormError(Chosen.Name(prefix, g), $"{about}, {Name(g)}: {words["assessment.missing"]}")));
                errors.AddRange(refused.Unknown.Select(g => new FormError(Chosen.Name(prefix, g), $"{about}: {words["assessment.unknown-label"]}")));
                return LabelSet.Empty;
            default:
                throw new InvalidOperationException("unreachable: Reading is closed");
        }

        string Name(string code) => scheme.For(target).FirstOrDefault(g => g.Code == code)?.Name[words.Language] ?? code;
    }

    private static async Task<Desk?> Load(ItemId itemId, CurrentStaff staff, EgidaDb db, CancellationToken cancellation)
    {
        var entry = await db.Set<QueueEntry>().AsNoTracking().SingleOrDefaultAsync(q => q.ItemId == itemId, cancellation);
        if (entry is null || entry.ClaimedBy != staff.Id || entry.DoneAt is not null)
        {
            return null;
        }

        var item = await db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == itemId, cancellation);
        var findings = await db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == itemId).OrderBy(f => f.Number).Take(MostObjects).ToListAsync(cancellation);
        var concerns = await db.Set<Report>().Where(r => r.ItemId == itemId).Select(r => r.Concern).Distinct().ToListAsync(cancellation);
        return new Desk(item, entry, findings, concerns, await Captured.Anything(db, itemId, cancellation));
    }

    /// <summary>What the form sent: field `prefix-group`, one value or several.</summary>
    public sealed record Chosen(IEnumerable<KeyValuePair<string, StringValues>> Form)
    {
        public static readonly Chosen Nothing = new([]);

        private readonly Dictionary<string, StringValues> values = Form.ToDictionary(f => f.Key, f => f.Value);

        public static string Name(string prefix, string group) => $"{prefix}-{group}";

        public IReadOnlyList<string> Of(string prefix, string group) =>
            values.TryGetValue(Name(prefix, group), out var sent) ? [.. sent.OfType<string>()] : [];
    }
}
