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
/// The quality officer has a sample drawn from everything that was confirmed or changed since the last draw. Chance says which records, the country's rate how many; the officer says
/// neither. Each is a case for somebody who had no part in it, blind like every dispute (docs/decisions/0142).
/// </summary>
internal sealed class DrawSample(EgidaDb db, ActionBook actions, FileDispute disputes, Frame frame, SamplingTerms terms, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("hash-bank.draw-sample");

    private const string Series = "EG-S";

    public enum Outcome
    {
        Drawn,

        /// <summary>Nothing has changed since the last draw of which there is sealed material.</summary>
        Nothing,

        /// <summary>So many of earlier draws still wait for somebody that more would only pile up.</summary>
        EnoughWaiting,
    }

    internal sealed record Group(Draw.Member First, int Population, IReadOnlyList<HashRecordId> Drawn);

    internal static IReadOnlyList<Group> Decide(IReadOnlyList<Draw.Member> members, byte[] seed, SamplingTerms terms)
    {
        var groups = members.GroupBy(m => m.Group).OrderBy(g => g.Key.Item1).ThenBy(g => g.Key.Item2?.Value).ToList();
        var sizes = Draw.Sizes(groups.ConvertAll(g => g.Count()), terms.PerMille, terms.LeastPerGroup, terms.MostTogether);
        return [.. groups.Select((g, i) => new Group(g.First(), g.Count(), Draw.Lowest(seed, g.Select(m => m.Record), sizes[i])))];
    }

    public static Task<int> Waiting(EgidaDb db, CancellationToken cancellation) =>
        db.Set<DisputeCase>().CountAsync(c => c.Party == DisputeParty.Sample && c.DecidedAt == null, cancellation);

    public async Task<(Outcome, HashSampleId)> Handle(StaffId by, CancellationToken cancellation)
    {
        var id = Id.New<HashSampleId>(clock);
        if (await Waiting(db, cancellation) >= terms.MostTogether)
        {
            return (Outcome.EnoughWaiting, id);
        }

        // Before the turn, because it may take long; the few that are drawn are looked at once more within it.
        var upTo = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation);
        var after = await Last(cancellation);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        var members = await frame.Read(after, upTo, action.Now, of: null, cancellation);
        if (members.Count == 0)
        {
            return (Outcome.Nothing, id);
        }

        var seed = RandomNumberGenerator.GetBytes(32);
        var groups = Decide(members, seed, terms);
        await action.TakeTurn(cancellation);
        if (await Last(cancellation) != after)
        {
            // Somebody else drew meanwhile, from the same records.
            await action.Leave();
            return (Outcome.Nothing, id);
        }

        db.Add(new HashSample
        {
            Id = id,
            Number = await RunningNumber.Take(action, Series, cancellation),
            DrawnAt = action.Now,
            DrawnBy = by,
            Seed = seed,
            AfterChange = after,
            UpToChange = upTo,
            PerMille = terms.PerMille,
            LeastPerGroup = terms.LeastPerGroup,
            MostTogether = terms.MostTogether,
        });
        var size = 0;
        for (var i = 0; i < groups.Count; i++)
        {
            size += await Keep(action, id, i + 1, groups[i], upTo, cancellation);
        }

        action.Emit(new HashSampleDrawn(id, after, upTo, Convert.ToHexStringLower(seed), members.Count, size));
        await action.Commit(cancellation);
        return (Outcome.Drawn, id);
    }

    /// <summary>Where the last draw ended.</summary>
    private async Task<long> Last(CancellationToken cancellation) => await db.Set<HashSample>().MaxAsync(s => (long?)s.UpToChange, cancellation) ?? 0;

    /// <summary>A record that somebody changed or disputed a moment ago is in the next range, or being judged already.</summary>
    private async Task<int> Keep(ActionContext action, HashSampleId sample, int number, Group group, long upTo, CancellationToken cancellation)
    {
        var records = await db.Set<HashRecord>()
            .Where(r => group.Drawn.Contains(r.Id) && r.Change <= upTo && !db.Set<DisputeCase>().Any(c => c.RecordId == r.Id && c.DecidedAt == null))
            .Select(r => r.Id).ToListAsync(cancellation);
        db.Add(new SampleGroup { SampleId = sample, Number = number, SourceId = group.First.Source, Assessor = group.First.Assessor, Population = group.Population, Size = records.Count });
        foreach (var record in group.Drawn.Where(records.Contains))
        {
            var about = await disputes.Open(
                action, Id.New<HashDisputeId>(clock), new FileDispute.Filing(DisputeParty.Sample, record, DisputeReason.Other, "", "en"), record, isFlood: false, cancellation);
            // Nobody waits for a person to take note of it.
            about.Read(action.Now);
            db.Add(new SampledRecord { RecordId = record, SampleId = sample, Group = number, CaseId = about.Id });
            action.Emit(new HashDisputeFiled(about.Id, record, DisputeParty.Sample, Joined: false));
        }

        return records.Count;
    }

    internal static async Task<IResult> Post(CurrentStaff staff, DrawSample draw, CancellationToken cancellation) =>
        await draw.Handle(staff.Id, cancellation) switch
        {
            (Outcome.Drawn, var id) => TypedResults.LocalRedirect($"{ListSamples.Path}/{id}"),
            (Outcome.Nothing, _) => TypedResults.LocalRedirect($"{ListSamples.Path}?nothing=1"),
            _ => TypedResults.LocalRedirect(ListSamples.Path),
        };
}
