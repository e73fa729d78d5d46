namespace Egida.Takedown;

/// <summary>
/// What one check changes. Three misses in a row are removal, dated by the first; being there again starts the count anew; what says nothing
/// (no answer, forbidden address) neither counts nor clears, but too much of it calls a person.
/// </summary>
internal sealed record FollowStep(int MissesInRow, DateTime? FirstMissAt, int UnreachableInRow, DateTime? RemovedAt, bool PersonNeeded, bool Remind)
{
    public const int MissesForRemoval = 3;

    public static FollowStep Decide(FollowUp state, Sighting seen, DateTime now, TakedownOptions options)
    {
        var misses = seen switch { Sighting.Gone => state.MissesInRow + 1, Sighting.Present => 0, _ => state.MissesInRow };
        var first = misses == 0 ? null : state.MissesInRow == 0 ? now : state.FirstMissAt;
        var unreachable = seen is Sighting.Unreachable or Sighting.Forbidden ? state.UnreachableInRow + 1 : 0;
        var remind = seen is Sighting.Present && state.Reminders < options.MaxReminders && now - state.LastNoticeAt >= options.RemindAfter;
        return new FollowStep(misses, first, unreachable, misses >= MissesForRemoval ? first : null, unreachable == options.MaxUnreachable, remind);
    }

    /// <summary>
    /// One word for the page and its pictures. Where there are pictures they decide: a page may stay when what was wrong in it is gone.
    /// Gone only if every one of them is.
    /// </summary>
    public static Sighting Together(Sighting page, IReadOnlyCollection<Sighting> pictures)
    {
        var all = pictures.Count > 0 ? pictures : [page];
        return all.Contains(Sighting.Present) ? Sighting.Present
            : all.All(s => s == Sighting.Gone) ? Sighting.Gone
            : all.Contains(Sighting.Forbidden) ? Sighting.Forbidden
            : Sighting.Unreachable;
    }
}
