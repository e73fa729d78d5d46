using Egida.Intake;
using Egida.Takedown;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Takedown;

public sealed class FollowStepTests
{
    private static readonly DateTime Start = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);
    private static readonly TakedownOptions Options = new();

    [Fact]
    public void It_is_removed_at_the_first_of_the_first_three_misses_in_a_row_and_not_before()
    {
        var sightings = Gen.Elements(Enum.GetValues<Sighting>()).ListOf();
        Check.QuickThrowOnFailure(Prop.ForAll(sightings.ToArbitrary(), seen =>
        {
            var state = Play(seen, out var played);
            // The oracle: what was really said about it, without the answers that say nothing.
            var told = seen.Take(played).Select((s, i) => (Seen: s, At: Start.AddHours(i))).Where(s => s.Seen is Sighting.Present or Sighting.Gone).ToList();
            var third = Enumerable.Range(0, told.Count).Cast<int?>().FirstOrDefault(i => i >= 2 && Enumerable.Range(i!.Value - 2, 3).All(j => told[j].Seen == Sighting.Gone));
            Assert.Equal(third is { } at ? told[at - 2].At : null, state.RemovedAt);
        }));
    }

    [Fact]
    public void Being_there_again_before_the_third_miss_starts_the_count_anew()
    {
        var state = Play([Sighting.Gone, Sighting.Gone, Sighting.Present, Sighting.Gone, Sighting.Gone], out _);
        Assert.Equal((2, Start.AddHours(3), null), (state.MissesInRow, state.FirstMissAt, state.RemovedAt));
    }

    [Fact]
    public void No_answer_is_neither_a_miss_nor_a_sign_of_life()
    {
        var state = Play([Sighting.Gone, Sighting.Gone, Sighting.Unreachable, Sighting.Forbidden, Sighting.Gone], out _);
        Assert.Equal(Start, state.RemovedAt);
        Assert.Null(Play([.. Enumerable.Repeat(Sighting.Unreachable, 40)], out _).RemovedAt);
    }

    [Fact]
    public void Too_many_checks_that_say_nothing_call_a_person_once()
    {
        var state = new FollowUp { ItemId = default, NoticeAt = Start };
        var called = 0;
        for (var i = 0; i < 30; i++)
        {
            var step = FollowStep.Decide(state, Sighting.Unreachable, Start.AddHours(i), Options);
            state.UnreachableInRow = step.UnreachableInRow;
            called += step.PersonNeeded ? 1 : 0;
        }

        Assert.Equal(1, called);
    }

    [Fact]
    public void A_reminder_comes_only_after_its_interval_only_while_it_is_there_and_only_so_often()
    {
        FollowUp State(int reminders) => new() { ItemId = default, NoticeAt = Start, LastNoticeAt = Start, Reminders = reminders };
        bool Reminds(int reminders, Sighting seen, double hours) => FollowStep.Decide(State(reminders), seen, Start.AddHours(hours), Options).Remind;
        Assert.True(Reminds(0, Sighting.Present, 24));
        Assert.False(Reminds(0, Sighting.Present, 23.9));
        Assert.False(Reminds(0, Sighting.Gone, 48));
        Assert.False(Reminds(Options.MaxReminders, Sighting.Present, 48));
    }

    [Theory]
    [InlineData(Sighting.Present, new[] { Sighting.Gone, Sighting.Gone }, Sighting.Gone)]
    [InlineData(Sighting.Gone, new[] { Sighting.Gone, Sighting.Present }, Sighting.Present)]
    [InlineData(Sighting.Gone, new[] { Sighting.Gone, Sighting.Unreachable }, Sighting.Unreachable)]
    [InlineData(Sighting.Present, new Sighting[0], Sighting.Present)]
    [InlineData(Sighting.Gone, new Sighting[0], Sighting.Gone)]
    public void The_pictures_decide_where_there_are_any(Sighting page, Sighting[] pictures, Sighting together) => Assert.Equal(together, FollowStep.Together(page, pictures));

    [Fact]
    public void The_pauses_grow_to_their_limit_and_are_short_after_a_miss()
    {
        var pauses = Enumerable.Range(0, 30).Select(i => Options.PauseAfter(i, 0)).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromHours(1), pauses[0]);
        Assert.Equal(Options.LongestPause, pauses[^1]);
        Assert.Equal(Options.AfterMiss, Options.PauseAfter(20, 1));
    }

    /// <summary>One check an hour, until it is removed.</summary>
    private static FollowUp Play(IReadOnlyList<Sighting> seen, out int played)
    {
        var state = new FollowUp { ItemId = new ItemId(Guid.Empty), NoticeAt = Start, LastNoticeAt = Start };
        for (played = 0; played < seen.Count && state.RemovedAt is null; played++)
        {
            var step = FollowStep.Decide(state, seen[played], Start.AddHours(played), Options);
            (state.MissesInRow, state.FirstMissAt, state.UnreachableInRow, state.RemovedAt) = (step.MissesInRow, step.FirstMissAt, step.UnreachableInRow, step.RemovedAt);
        }

        return state;
    }
}
