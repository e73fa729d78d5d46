using System.Security.Cryptography;
using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <param name="Seed">In hex: with it the draw can be made again.</param>
/// <param name="Population">Records that could be drawn.</param>
public sealed record HashSampleDrawn(HashSampleId SampleId, long AfterChange, long UpToChange, string Seed, int Population, int Size) : DomainEvent;

/// <summary>
/// The quality officer has a sample drawn from everything that was confirmed or changed, or whose material came, since the last draw. Chance says which records, the country's rate how many; the officer says
/// neither. Each is a case for somebody who had no part in it, blind like every dispute (docs/decisions/0142).
/// </summary>
internal sealed class DrawSample(EgidaDb db, ActionBook actions, FileDispute disputes, Frame frame, SamplingTerms terms, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("hash-bank.draw-sample");

    private const string Series = "EG-S";

    public enum Outcome
    {
        Drawn,

        /// <summary>Nothing has changed since the last draw of which there is sealed material, and no material has come.</summary>
        Nothing,

        /// <summary>So many of earlier draws still wait for somebody that more would only pile up.</summary>
        EnoughWaiting,

        /// <summary>The last draw was too short a time ago: whoever draws often would have a share of everybody's few newest records looked at again.</summary>
        TooSoon,
    }

    internal sealed record Group(Draw.Member First, int Population, IReadOnlyList<HashRecordId> Drawn);

    internal static IReadOnlyList<Group> Decide(IReadOnlyList<Draw.Member> members, byte[] seed, SamplingTerms terms)
    {
        var groups = members.GroupBy(m => m.Group).OrderBy(g => g.Key.Item1).ThenBy(g => g.Key.Item2?.Value).ToList();
        var sizes = Draw.Sizes(groups.ConvertAll(g => (g.Count(), Draw.Score(seed, g.Key))), terms.PerMille, terms.LeastPerGroup, terms.MostTogether);
        return [.. groups.Select((g, i) => new Group(g.First(), g.Count(), Draw.Lowest(seed, g.Select(m => m.Record), sizes[i])))];
    }

    public static Task<int> Waiting(EgidaDb db, CancellationToken cancellation) =>
        db.Set<DisputeCase>().CountAsync(c => c.Party == DisputeParty.Sample && c.DecidedAt == null, cancellation);

    /// <returns>The moment before which no draw is possible; null where one is.</returns>
    internal static DateTime? NotBefore(DateTime? last, DateTime now, SamplingTerms terms) => last?.AddDays(terms.LeastDays) is { } next && next > now ? next : null;

    /// <summary>What could be drawn, as it was read before the turn.</summary>
    /// <param name="Last">The draw before it.</param>
    internal sealed record Ready(ActionContext Action, HashSampleId Id, HashSampleId? Last, Frame.Range Range, IReadOnlyList<Draw.Member> Members);

    public async Task<(Outcome, HashSampleId)> Handle(StaffId by, CancellationToken cancellation) =>
        await Read(by, cancellation) switch
        {
            (Outcome.Drawn, { } ready) => (await Take(ready, by, cancellation), ready.Id),
            var (outcome, _) => (outcome, default),
        };

    /// <summary>Before the turn, because it may take a while; those that are drawn are looked at once more within it.</summary>
    internal async Task<(Outcome, Ready?)> Read(StaffId by, CancellationToken cancellation)
    {
        var id = Id.New<HashSampleId>(clock);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        var last = await Last(cancellation);
        if (NotBefore(last?.DrawnAt, action.Now, terms) is not null)
        {
            return (Outcome.TooSoon, null);
        }

        if (await Waiting(db, cancellation) >= terms.MostTogether)
        {
            return (Outcome.EnoughWaiting, null);
        }

        // Even where nothing in the bank changed since the last draw: material may have come.
        var upTo = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation);
        var range = Frame.Range.Of(last?.UpToChange ?? 0, upTo, last?.DrawnAt, action.Now);
        var members = await frame.Read(range, cancellation);
        return members.Count == 0 ? (Outcome.Nothing, null) : (Outcome.Drawn, new Ready(action, id, last?.Id, range, members));
    }

    internal async Task<Outcome> Take(Ready ready, StaffId by, CancellationToken cancellation)
    {
        var (action, id, last, range, _) = ready;
        var seed = RandomNumberGenerator.GetBytes(32);
        await action.TakeTurn(cancellation);
        // Somebody else may have drawn meanwhile, from the same records.
        var members = (await Last(cancellation))?.Id == last ? await StillThere(ready.Members, seed, range.UpTo, cancellation) : [];
        if (members.Count == 0)
        {
            await action.Leave();
            return Outcome.Nothing;
        }

        db.Add(new HashSample
        {
            Id = id,
            Number = await RunningNumber.Take(action, Series, cancellation),
            DrawnAt = action.Now,
            DrawnBy = by,
            Seed = seed,
            AfterChange = range.After,
            UpToChange = range.UpTo,
            PerMille = terms.PerMille,
            LeastPerGroup = terms.LeastPerGroup,
            MostTogether = terms.MostTogether,
        });
        var groups = Decide(members, seed, terms);
        for (var i = 0; i < groups.Count; i++)
        {
            await Keep(action, id, i + 1, groups[i], cancellation);
        }

        action.Emit(new HashSampleDrawn(id, range.After, range.UpTo, Convert.ToHexStringLower(seed), members.Count, groups.Sum(g => g.Drawn.Count)));
        await action.Commit(cancellation);
        return Outcome.Drawn;
    }

    private Task<HashSample?> Last(CancellationToken cancellation) => db.Set<HashSample>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancellation);

    /// <summary>
    /// Without those that were to be drawn and that somebody changed or disputed since they were read: they are in the next range, or being judged already. Others are drawn in their place,
    /// as if they had never been among them.
    /// </summary>
    private async Task<IReadOnlyList<Draw.Member>> StillThere(IReadOnlyList<Draw.Member> members, byte[] seed, long upTo, CancellationToken cancellation)
    {
        while (true)
        {
            HashRecordId[] drawn = [.. Decide(members, seed, terms).SelectMany(g => g.Drawn)];
            var there = await db.Set<HashRecord>()
                .Where(r => EF.Parameter(drawn).Contains(r.Id) && r.Change <= upTo && !db.Set<DisputeCase>().Any(c => c.RecordId == r.Id && c.DecidedAt == null))
                .Select(r => r.Id).ToListAsync(cancellation);
            if (there.Count == drawn.Length)
            {
                return members;
            }

            var gone = drawn.Except(there).ToHashSet();
            members = [.. members.Where(m => !gone.Contains(m.Record))];
        }
    }

    private async Task Keep(ActionContext action, HashSampleId sample, int number, Group group, CancellationToken cancellation)
    {
        db.Add(new SampleGroup
        {
            SampleId = sample,
            Number = number,
            SourceId = group.First.Source,
            Assessor = group.First.Assessor,
            Population = group.Population,
            Size = group.Drawn.Count,
        });
        foreach (var record in group.Drawn)
        {
            var about = await disputes.Open(
                action, Id.New<HashDisputeId>(clock), new FileDispute.Filing(DisputeParty.Sample, record, DisputeReason.Other, "", "en"), record, isFlood: false, cancellation);
            // Nobody waits for a person to take note of it.
            about.Read(action.Now);
            db.Add(new SampledRecord { RecordId = record, SampleId = sample, Group = number, CaseId = about.Id });
            action.Emit(new HashDisputeFiled(about.Id, record, DisputeParty.Sample, Joined: false));
        }
    }

    internal static async Task<IResult> Post(CurrentStaff staff, DrawSample draw, CancellationToken cancellation) =>
        await draw.Handle(staff.Id, cancellation) switch
        {
            (Outcome.Drawn, var id) => TypedResults.LocalRedirect($"{ListSamples.Path}/{id}"),
            (Outcome.Nothing, _) => TypedResults.LocalRedirect($"{ListSamples.Path}?nothing=1"),
            _ => TypedResults.LocalRedirect(ListSamples.Path),
        };
}
