using Egida.Intake;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Intake;

public class RoadStepsTests
{
    private static readonly DateTime Opened = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_road_has_all_ten_stations_in_their_order_and_stands_at_one_at_most() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<(bool[] Reached, PersonNeeded? Person, ItemClosure? Closure)>(), random =>
        {
            var reached = Enum.GetValues<Station>().Where((_, i) => i == 0 || random.Reached?.ElementAtOrDefault(i) == true).ToArray();
            var steps = Steps(random.Person, random.Closure, reached);
            return steps.Select(s => s.Station).SequenceEqual(Enum.GetValues<Station>())
                && steps.Count(s => s.State is RoadState.Current or RoadState.Attention) <= 1
                && reached.All(r => steps[(int)r].State == RoadState.Done);
        }));

    [Fact]
    public void An_open_road_stands_at_the_first_station_after_the_last_one_reached()
    {
        var steps = Steps(null, null, Station.Filed, Station.Traced, Station.Captured);

        Assert.Equal(RoadState.Current, steps[(int)Station.Recognised].State);
        Assert.All(steps.Skip(4), s => Assert.Equal(RoadState.Waiting, s.State));
    }

    [Fact]
    public void Where_a_person_is_needed_the_road_says_so_and_does_not_pretend_to_go_on() =>
        Assert.Equal(RoadState.Attention, Steps(PersonNeeded.HostUnknown, null, Station.Filed)[(int)Station.Traced].State);

    [Fact]
    public void A_road_that_ended_early_skips_what_was_not_needed()
    {
        var steps = Steps(null, ItemClosure.NotIllegal, Station.Filed, Station.Traced, Station.Captured, Station.Recognised, Station.Assessed, Station.Answered);

        Assert.All(new[] { Station.Routed, Station.HandedOver, Station.Followed }, s => Assert.Equal(RoadState.NotNeeded, steps[(int)s].State));
        Assert.Equal(RoadState.Done, steps[(int)Station.Answered].State);
    }

    [Fact]
    public void An_answered_reporter_sees_few_stations_without_who_and_without_how_long()
    {
        var plain = RoadSteps.PlainOf(Steps(null, ItemClosure.NotIllegal, Station.Filed, Station.Traced, Station.Assessed, Station.Answered));

        Assert.Equal([Station.Filed, Station.Assessed, Station.HandedOver, Station.Followed, Station.Answered], plain.Select(s => s.Station));
        Assert.Equal([RoadState.Done, RoadState.Done, RoadState.NotNeeded, RoadState.NotNeeded, RoadState.Done], plain.Select(s => s.State));
        Assert.All(plain, s => Assert.True(s.By is null && s.Took is null));
    }

    private static IReadOnlyList<RoadStep> Steps(PersonNeeded? person, ItemClosure? closure, params Station[] reached)
    {
        var id = new ItemId(Guid.Parse("019ab000-0000-7000-8000-000000000001"));
        var item = new Item { Id = id, AddressKey = [], Address = null, AsTyped = new ReportedAddress("x"), OpenedAt = Opened, PersonNeeded = person };
        foreach (var station in reached)
        {
            item.Reached(station);
        }

        if (closure is { } how)
        {
            item.Close(how, Opened.AddDays(2));
        }

        return RoadSteps.Of(item, reached.Select((s, i) => new RoadStop { ItemId = id, Station = s, At = Opened.AddHours(i), By = "system" }));
    }
}
