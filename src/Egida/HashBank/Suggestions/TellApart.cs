using Egida.Access;
using Egida.HashBank.Merging;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Suggestions;

/// <summary>
/// Somebody looks at two records and finds that they aren't one item: it is kept with the reason, and they aren't suggested again. One person may, because nothing changes by it: who knows
/// better can merge them by their numbers, and sees on that page who found otherwise (docs/decisions/0154).
/// </summary>
internal sealed class TellApart(EgidaDb db, ActionBook actions, RecordBook book)
{
    public static readonly ActionKind Kind = new("hash-bank.tell-apart") { ReasonRequired = true };

    public enum Outcome
    {
        Done,
        NotFound,

        /// <summary>Somebody found so already, a merge of the two waits for a decision, or one of them is part of another record by now.</summary>
        NothingToDo,
    }

    public async Task<Outcome> Handle(HashRecordId one, HashRecordId other, StaffId by, string reason, CancellationToken cancellation)
    {
        var (earlier, later) = one.Value < other.Value ? (one, other) : (other, one);
        var action = actions.Begin(Kind, Actor.Of(by), earlier.Subject, reason);
        await book.Open(action, cancellation);
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Id == earlier || r.Id == later).ToListAsync(cancellation);
        var outcome = records.Count < 2 ? Outcome.NotFound
            : records.Exists(r => r.MergedInto is not null)
                || await Find(db, earlier, later, cancellation) is not null
                || await db.Set<HashMerge>().AnyAsync(m => m.State == MergeState.Proposed && ((m.Survivor == earlier && m.Merged == later) || (m.Survivor == later && m.Merged == earlier)), cancellation)
                ? Outcome.NothingToDo
            : Outcome.Done;
        if (outcome != Outcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        db.Add(new DistinctPair { Earlier = earlier, Later = later, FoundBy = by, FoundAt = action.Now, Reason = action.Reason! });
        action.Emit(new HashRecordsToldApart(earlier, later, by));
        await action.Commit(cancellation);
        return outcome;
    }

    /// <summary>What somebody found about these two; null if nobody did.</summary>
    public static Task<DistinctPair?> Find(EgidaDb db, HashRecordId one, HashRecordId other, CancellationToken cancellation)
    {
        var (earlier, later) = one.Value < other.Value ? (one, other) : (other, one);
        return db.Set<DistinctPair>().AsNoTracking().SingleOrDefaultAsync(p => p.Earlier == earlier && p.Later == later, cancellation);
    }

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, TellApart tell, ShowMerge show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (one, other, reason) = (form["one"].ToString(), form["other"].ToString(), form["distinct"].ToString());
        if (!HashRecordId.TryParse(one, out var first) || !HashRecordId.TryParse(other, out var second) || !SpeakAgainst.IsReason(reason))
        {
            return await show.New(one, other, null, context, staff, SpeakAgainst.IsReason(reason) ? [] : [new FormError("distinct", words.Of("hash-merge.against.missing", SpeakAgainst.LongestReason))], cancellation);
        }

        return await show.ClosedFor(first, second, staff, cancellation)
            ?? await tell.Handle(first, second, staff.Id, reason, cancellation) switch
            {
                Outcome.Done => TypedResults.LocalRedirect($"{ListSuggestions.Path}?done=apart"),
                Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
                // The page says how it is now.
                _ => await show.New(one, other, null, context, staff, [], cancellation, StatusCodes.Status409Conflict),
            };
    }
}
