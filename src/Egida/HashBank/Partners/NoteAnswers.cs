using Egida.HashBank.Partners.Floods;
using Egida.HashBank.Partners.Ranges;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <param name="Requests">How many were answered together.</param>
/// <param name="Asked">Hashes of them, those refused included.</param>
/// <param name="Known">Those that matched.</param>
public sealed record PartnerAnswered(HashPartnerId PartnerId, string Purpose, int Requests, int Asked, int Refused, int Known) : DomainEvent;

/// <summary>One action for a group of answers: counts an hour and a purpose, and which partner was told of which record, what matches too often.</summary>
internal sealed class NoteAnswers(EgidaDb db, ActionBook actions, FloodGuard floods, RangeBrake brake)
{
    public static readonly ActionKind Kind = new("hash-bank.answer-partner");

    public async Task Handle(IReadOnlyList<AnswerNote> notes, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("hash-partner"), "hash-bank:answers");
        await action.TakeTurn(cancellation);
        var hour = action.Now.AddTicks(-(action.Now.Ticks % TimeSpan.TicksPerHour));
        foreach (var group in notes.GroupBy(n => (n.Partner, n.Purpose)))
        {
            var sum = new PartnerAnswered(group.Key.Partner, group.Key.Purpose, group.Count(), group.Sum(n => n.Asked), group.Sum(n => n.Refused), group.Sum(n => n.Known));
            await Count(sum, hour, cancellation);
            action.Emit(sum);
        }

        foreach (var group in notes.GroupBy(n => n.Partner))
        {
            if (group.Where(n => n.Told.Count > 0).ToList() is not { Count: > 0 } told) continue;
            // Of several answers together the oldest: news that comes twice does no harm.
            var knew = new AnswerTables.Knew(told.Min(n => n.Statement), told.Min(n => n.Change), told.Max(n => n.Change));
            var times = await AlsoTold.With(db, told.SelectMany(n => n.Told).CountBy(record => record), knew.FirstChange, cancellation);
            await AnswerTables.AddTold(db, group.Key, action.Now, knew, [.. times], cancellation);
        }

        var matched = notes.SelectMany(n => n.Matched).GroupBy(m => m.Key).ToDictionary(g => g.Key, g => g.Sum(m => m.Value));
        await floods.Count(action, matched, cancellation);
        foreach (var note in notes)
        {
            if (note.Range is { } range) await brake.Count(action, note.Partner, range, cancellation);
        }

        await action.Commit(cancellation);
    }

    private async Task Count(PartnerAnswered sum, DateTime hour, CancellationToken cancellation)
    {
        var count = await db.Set<QueryCount>().SingleOrDefaultAsync(c => c.PartnerId == sum.PartnerId && c.Hour == hour && c.Purpose == sum.Purpose, cancellation);
        if (count is null)
        {
            db.Add(count = new QueryCount { PartnerId = sum.PartnerId, Hour = hour, Purpose = sum.Purpose });
        }

        (count.Asked, count.Refused, count.Known) = (count.Asked + sum.Asked, count.Refused + sum.Refused, count.Known + sum.Known);
    }
}
