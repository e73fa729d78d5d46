using Egida.Platform.Actions;

namespace Egida.HashBank;

/// <summary>
/// What holds about an item of which several have spoken. A rule over all that was said, not the last writer's word (docs/decisions/0093):
/// <list type="bullet">
/// <item>A voice is a person of this hotline, or a source. Its latest word counts.</item>
/// <item>Confirmed: two people; or one person and a source that proposes; or a source that may confirm alone.</item>
/// <item>A dispute or a withdrawal sets everything before it aside. From then on only people count, and not who disputed.</item>
/// <item>Known and harmless at once is a dispute.</item>
/// <item>In quarantine is what the system said matches too often, until a person lets it go.</item>
/// <item>If everybody has taken their word back, it is withdrawn.</item>
/// <item>Of several classifications the one of the better source holds, then the one with more voices, then the older.</item>
/// </list>
/// </summary>
internal static class WhatHolds
{
    /// <param name="Order">The statement's number.</param>
    public readonly record struct Word(int Order, short Source, Trust Trust, StaffId? Person, Says Says, int? Classification, RecordFlags Flags)
    {
        /// <summary>Whose word it is: people of this hotline each have their own, a source has one.</summary>
        public (short, StaffId?) Voice => (Source, Person);

        public bool IsStance => Says is Says.Known or Says.Benign;

        /// <summary>A person here who assessed goes before any source.</summary>
        public int Rank => Person is null ? (int)Trust : 3;
    }

    public sealed record Result(HashRecordState State, bool IsBenign, RecordFlags Flags, int? Classification);

    /// <param name="said">Everything ever said about the record, in any order.</param>
    public static Result Of(IEnumerable<Word> said)
    {
        var words = said.OrderBy(w => w.Order).ToList();
        var cut = Cut(words);
        var standing = Standing(words);
        var counted = Counted(standing, cut);
        return new Result(
            State(words, counted, cut),
            IsBenign(counted, standing),
            Flags(words, standing),
            Held(counted) ?? Held(standing));
    }

    /// <summary>Whether this person's word would count as another voice for the record: they don't stand for it already, and it wasn't them who disputed it.</summary>
    public static bool MayStandFor(IReadOnlyCollection<Word> said, StaffId person)
    {
        var words = said.OrderBy(w => w.Order).ToList();
        var cut = Cut(words);
        return (cut is not { Says: Says.Disputes } || cut.Value.Person != person) && !Counted(Standing(words), cut).Exists(w => w.Person == person);
    }

    /// <summary>Whose word it rests on: the oldest "known" of those that count. What was said before it was withdrawn or disputed counts no more.</summary>
    public static Word? RestsOn(IEnumerable<Word> said)
    {
        var words = said.OrderBy(w => w.Order).ToList();
        return Counted(Standing(words), Cut(words)).Where(w => w.Says == Says.Known).Select(w => (Word?)w).FirstOrDefault();
    }

    /// <summary>Do those who stand for it say different things?</summary>
    public static bool IsContradicted(IEnumerable<Word> said)
    {
        var standing = Standing([.. said.OrderBy(w => w.Order)]);
        return standing.DistinctBy(w => w.Says).Count() > 1 || standing.Where(w => w.Classification is not null).DistinctBy(w => w.Classification).Count() > 1;
    }

    /// <summary>The last dispute or withdrawal. A dispute that was taken back is none; a withdrawal stays one.</summary>
    private static Word? Cut(List<Word> words) => words
        .Where(w => w.Says == Says.Withdraws || (w.Says == Says.Disputes && !IsTakenBack(w, words)))
        .Select(w => (Word?)w).LastOrDefault();

    /// <summary>Each voice's latest stance, unless it was taken back.</summary>
    private static List<Word> Standing(List<Word> words) =>
        [.. words.Where(w => w.IsStance && !IsTakenBack(w, words)).GroupBy(w => w.Voice).Select(g => g.Last()).OrderBy(w => w.Order)];

    private static bool IsTakenBack(Word word, List<Word> words) => words.Exists(w => w.Says == Says.TakesBack && w.Voice == word.Voice && w.Order > word.Order);

    private static List<Word> Counted(List<Word> standing, Word? cut) => cut is { } at
        ? standing.FindAll(w => w.Order > at.Order && w.Person is not null && !(at.Says == Says.Disputes && w.Voice == at.Voice))
        : standing.FindAll(w => w.Person is not null || w.Trust != Trust.Notes);

    private static HashRecordState State(List<Word> words, List<Word> counted, Word? cut)
    {
        if (counted.Count == 0)
        {
            return cut switch
            {
                { Says: Says.Disputes } => HashRecordState.Disputed,
                { } => HashRecordState.Withdrawn,
                // A source that is only noted proposes nothing, but nothing was withdrawn either.
                null => Standing(words).Count == 0 && words.Exists(w => w.Says == Says.TakesBack) ? HashRecordState.Withdrawn : HashRecordState.Proposed,
            };
        }

        return counted.DistinctBy(w => w.Says).Count() > 1 ? HashRecordState.Disputed
            : IsEnough(counted) ? HashRecordState.Confirmed
            : cut is { Says: Says.Disputes } ? HashRecordState.Disputed
            : HashRecordState.Proposed;
    }

    private static bool IsEnough(List<Word> counted)
    {
        var people = counted.Count(w => w.Person is not null);
        return people >= 2 || (people == 1 && counted.Count > 1) || counted.Exists(w => w is { Person: null, Trust: Trust.Confirms });
    }

    /// <summary>Harmless only if nobody who counts says otherwise.</summary>
    private static bool IsBenign(List<Word> counted, List<Word> standing)
    {
        var deciding = counted.Count > 0 ? counted : standing;
        return deciding.Count > 0 && deciding.TrueForAll(w => w.Says == Says.Benign);
    }

    private static RecordFlags Flags(List<Word> words, List<Word> standing)
    {
        var flags = standing.Aggregate(RecordFlags.None, (sum, word) => sum | word.Flags);
        if (words.FindLast(w => w.Says is Says.Quarantines or Says.Releases).Says == Says.Quarantines)
        {
            flags |= RecordFlags.Quarantined | (standing.Count(w => w is { Person: not null, Says: Says.Known }) < 2 ? RecordFlags.Silenced : RecordFlags.None);
        }

        var marks = words.FindLast(w => w.Says is Says.MarksCollisionProne or Says.UnmarksCollisionProne);
        return marks.Says switch
        {
            Says.MarksCollisionProne => flags | RecordFlags.CollisionProne,
            Says.UnmarksCollisionProne => flags & ~RecordFlags.CollisionProne,
            _ => flags,
        };
    }

    private static int? Held(List<Word> words) => words
        .Where(w => w.Classification is not null)
        .GroupBy(w => w.Classification)
        .OrderByDescending(g => g.Max(w => w.Rank)).ThenByDescending(g => g.Count()).ThenBy(g => g.Min(w => w.Order))
        .Select(g => g.Key).FirstOrDefault();
}
