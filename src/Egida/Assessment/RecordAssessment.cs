using System.Text.Json;
using Egida.Access;
using Egida.Evidence;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

/// <summary>
/// The holder of an item says what they see, in neutral labels; the law derives the rest. The first reading goes to a blind second one;
/// agreement confirms, a difference goes to a third person, who settles it.
/// </summary>
internal sealed class RecordAssessment(EgidaDb db, ActionBook actions, LabelScheme scheme, Law law, ProposeHashRecord bank)
{
    public static readonly ActionKind Kind = new("assessment.record-reading");

    /// <param name="Page">Labels of the page.</param>
    /// <param name="Media">Labels of every object that isn't known.</param>
    public sealed record Input(LabelSet Page, IReadOnlyDictionary<EvidenceId, LabelSet> Media);

    public abstract record Next
    {
        private Next()
        {
        }

        public sealed record AskSecond : Next;

        public sealed record AskThird : Next;

        public sealed record Confirm(Judgement Judgement) : Next;
    }

    /// <summary>Ordinal 1 asks a second person; 2 compares with the first; 3 settles.</summary>
    internal static Next Decide(ReadingStage stage, Judgement mine, Judgement? first) => stage switch
    {
        ReadingStage.First => new Next.AskSecond(),
        ReadingStage.Second when first is not null && mine.Agrees(first) => new Next.Confirm(mine),
        ReadingStage.Second => new Next.AskThird(),
        ReadingStage.Third => new Next.Confirm(mine),
        _ => throw new InvalidOperationException("unreachable: three stages"),
    };

    /// <returns>Null, or why not: `not-yours`, `nothing-sealed`.</returns>
    public async Task<string?> Handle(ItemId itemId, CurrentStaff staff, Input input, CancellationToken cancellation)
    {
        var entry = await db.Set<QueueEntry>().SingleOrDefaultAsync(q => q.ItemId == itemId, cancellation);
        if (entry is null || entry.ClaimedBy != staff.Id || entry.DoneAt is not null)
        {
            return "not-yours";
        }

        if (!await Captured.Anything(db, itemId, cancellation))
        {
            return "nothing-sealed";
        }

        var item = await db.Set<Item>().SingleAsync(i => i.Id == itemId, cancellation);
        var findings = await db.Set<MediaFinding>().Where(f => f.ItemId == itemId).ToListAsync(cancellation);
        var known = await KnownLabels(findings, cancellation);
        var mine = Judgement.Of(law, input.Page, input.Media, known);
        var first = await db.Set<Reading>().AsNoTracking().SingleOrDefaultAsync(r => r.ItemId == itemId && r.Ordinal == 1, cancellation);
        var next = Decide(entry.Stage, mine, first is null ? null : Judgement.Of(law, first.Page, first.Media, known));

        var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
        var ordinal = (int)entry.Stage + 1;
        db.Add(new Reading
        {
            Id = Guid.CreateVersion7(action.Clock.GetUtcNow()),
            ItemId = itemId,
            Ordinal = ordinal,
            Reader = staff.Id,
            At = action.Now,
            SchemeVersion = $"{scheme.Scheme}/{scheme.Version}",
            PageLabels = input.Page.ToJson(),
            MediaLabels = Reading.MediaJson(input.Media),
        });
        action.Emit(new ReadingRecorded(itemId, ordinal, law.Version));
        switch (next)
        {
            case Next.AskSecond:
                entry.Read(ReadingStage.Second, action.Now);
                break;
            case Next.AskThird:
                entry.Read(ReadingStage.Third, action.Now);
                action.Emit(new ReadingsDiffer(itemId));
                break;
            case Next.Confirm confirm:
                await Confirm(action, item, confirm.Judgement, input, findings,
                    proposer: entry.Stage == ReadingStage.Third ? staff.Id : first!.Reader, cancellation);
                entry.Read(next: null, action.Now);
                break;
            default:
                throw new InvalidOperationException("unreachable: Next is closed");
        }

        await action.Commit(cancellation);
        return null;
    }

    private async Task Confirm(
        ActionContext action, Item item, Judgement judgement, Input input, List<MediaFinding> findings, StaffId proposer, CancellationToken cancellation)
    {
        item.Outcome = judgement.Outcome;
        item.PersonNeeded = null;
        db.AddRange(judgement.Item.Select(code => Outcome(action, item.Id, null, code)));
        db.AddRange(judgement.Objects.SelectMany(o => o.Value.Select(code => Outcome(action, item.Id, o.Key, code))));
        await action.Reach(item, Station.Assessed, cancellation);
        if (judgement.Outcome != ItemOutcome.Illegal)
        {
            item.Close(judgement.Outcome == ItemOutcome.NothingThere ? ItemClosure.NothingThere : ItemClosure.NotIllegal, action.Now);
            await action.Reach(item, Station.Answered, cancellation);
        }

        foreach (var finding in findings.Where(f => f.Verdict == MediaVerdict.Unknown && IsIllegal(judgement, f.EvidenceId)))
        {
            var codes = judgement.Objects[finding.EvidenceId];
            await bank.Propose(
                action,
                new ProposeHashRecord.Proposal(proposer, item.Id, finding.EvidenceId, input.Media[finding.EvidenceId].ToJson(), Hashes(finding))
                {
                    Scheme = $"{scheme.Scheme}/{scheme.Version}",
                    Outcomes = JsonSerializer.Serialize(codes.GroupBy(c => c.Scheme, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Code, StringComparer.Ordinal)),
                    Law = codes.FirstOrDefault(c => c.Scheme == "PL")?.LegalBasis,
                },
                cancellation);
        }

        action.Emit(new AssessmentConfirmed(item.Id, judgement.Outcome, proposer));
    }

    private static bool IsIllegal(Judgement judgement, EvidenceId id) =>
        judgement.Objects.TryGetValue(id, out var codes) && codes.Any(c => c is { Scheme: "PL", Code: "illegal" });

    private static List<(HashKind, string, int?)> Hashes(MediaFinding finding)
    {
        var hashes = new List<(HashKind, string, int?)>
        {
            (HashKind.Md5, finding.Md5, null), (HashKind.Sha1, finding.Sha1, null), (HashKind.Sha256, finding.Sha256, null),
        };
        if (finding.Pdq is not null)
        {
            hashes.Add((HashKind.Pdq, finding.Pdq, finding.PdqQuality));
        }

        return hashes;
    }

    private DerivedOutcome Outcome(ActionContext action, ItemId item, EvidenceId? evidence, SchemeCode code) => new()
    {
        Id = Guid.CreateVersion7(action.Clock.GetUtcNow()),
        ItemId = item,
        EvidenceId = evidence,
        Scheme = code.Scheme,
        Code = code.Code,
        Rule = code.Rule,
        LegalBasis = code.LegalBasis,
        RuleSetVersion = law.Version,
        ComputedAt = action.Now,
    };

    internal async Task<Dictionary<EvidenceId, LabelSet>> KnownLabels(IReadOnlyCollection<MediaFinding> findings, CancellationToken cancellation)
    {
        var known = findings.Where(f => f.RecordId is not null).ToDictionary(f => f.EvidenceId, f => f.RecordId!.Value);
        var ids = known.Values.Distinct().ToList();
        var labels = await db.Set<HashRecord>().Where(r => ids.Contains(r.Id))
            .Join(db.Set<Classification>(), r => r.ClassificationId, c => c.Id, (r, c) => new { r.Id, c.Labels })
            .ToDictionaryAsync(r => r.Id, r => r.Labels, cancellation);
        return known.ToDictionary(k => k.Key, k => LabelSet.FromJson(labels[k.Value]));
    }
}
