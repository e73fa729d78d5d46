using Egida.HashBank.Disputes;
using Egida.HashBank.Imports;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>
/// The records that can be drawn: confirmed, with sealed material here, never drawn before and in no open case; and new since the last draw, be it the record or the material.
/// </summary>
internal sealed class Frame(EgidaDb db, MaterialHere material)
{
    private const int Together = 2000;

    /// <summary>What an action found is in the database when it commits, and that is never an hour later.</summary>
    private static readonly TimeSpan LongestAction = TimeSpan.FromHours(1);

    /// <summary>
    /// Where a draw begins and ends. Of what is read again later nothing may be in it that wasn't in it then: what left it since takes no other's place, because each record has its score
    /// by itself, but what came to it would.
    /// </summary>
    public sealed record Range
    {
        /// <summary>Records that changed above this number, or whose material was found after that moment, are new …</summary>
        public required long After { get; init; }

        public required DateTime FoundAfter { get; init; }

        /// <summary>… but nothing of what changed above this number, or was found after that moment.</summary>
        public required long UpTo { get; init; }

        public required DateTime FoundUntil { get; init; }

        /// <summary>Records in a case that was decided after that moment are out as well.</summary>
        public required DateTime DecidedUntil { get; init; }

        /// <summary>When the draw was: the cases that it opened itself don't count.</summary>
        public required DateTime At { get; init; }

        /// <param name="last">When the last draw was. What was found shortly before it may have been committed after it.</param>
        public static Range Of(long after, long upTo, DateTime? last, DateTime now) =>
            new() { After = after, FoundAfter = Before(last), UpTo = upTo, FoundUntil = now, DecidedUntil = now, At = now };

        /// <summary>To draw again: without what may have been committed only after that draw had read it.</summary>
        public static Range Again(HashSample sample, DateTime? last) => new()
        {
            After = sample.AfterChange,
            FoundAfter = Before(last),
            UpTo = sample.UpToChange,
            FoundUntil = sample.DrawnAt - LongestAction,
            DecidedUntil = sample.DrawnAt - LongestAction,
            At = sample.DrawnAt,
        };

        private static DateTime Before(DateTime? last) => last is { } at ? at - LongestAction : DateTime.UnixEpoch;
    }

    public async Task<IReadOnlyList<Draw.Member>> Read(Range range, CancellationToken cancellation)
    {
        var here = await material.Read(range.FoundUntil, cancellation);
        var members = new List<Draw.Member>();
        foreach (var some in here.Select(h => h.Key).OrderBy(r => r.Value).Chunk(Together))
        {
            var eligible = await Eligible(some, range, cancellation);
            foreach (var held in (await HeldRecords.Read(db, eligible, cancellation)).Values)
            {
                var (record, said) = (held.Record, held.Words);
                var its = here[record.Id].Where(m => m.Statement is null || said.Exists(w => w.Order == m.Statement)).ToList();
                if (its.Count > 0 && (record.Change > range.After || its.Exists(m => m.FoundAt > range.FoundAfter)) && WhatHolds.RestsOn(said) is { } word)
                {
                    members.Add(new Draw.Member(record.Id, word.Source, word.Person));
                }
            }
        }

        return members;
    }

    private async Task<List<int>> Eligible(HashRecordId[] some, Range range, CancellationToken cancellation) => (await db.Set<HashRecord>()
        .Where(r => EF.Parameter(some).Contains(r.Id) && r.Change <= range.UpTo && r.State == HashRecordState.Confirmed && !r.IsBenign
            && !db.Set<SampledRecord>().Any(s => s.RecordId == r.Id)
            && !db.Set<DisputeCase>().Any(c => c.RecordId == r.Id && (c.DecidedAt == null || c.DecidedAt > range.DecidedUntil)
                && !(c.Party == DisputeParty.Sample && c.FiledAt == range.At)))
        .Select(r => r.Id).ToListAsync(cancellation)).ConvertAll(r => r.Value);
}
