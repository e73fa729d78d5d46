namespace Egida.Intake;

/// <summary>How a station of the road stands. Each state has its own shape, colour and word.</summary>
public enum RoadState
{
    Done,
    Current,
    Waiting,

    /// <summary>The road stops here until a person has looked.</summary>
    Attention,

    /// <summary>The road ended without it, such as routing of what isn't illegal.</summary>
    NotNeeded,
}

/// <summary>One station as it is drawn: its state and, where known, when and who, and how long after the stop before.</summary>
public sealed record RoadStep(Station Station, RoadState State, DateTime? At = null, string? By = null, TimeSpan? Took = null);

public static class RoadSteps
{
    private static readonly Station[] Plain = [Station.Filed, Station.Assessed, Station.HandedOver, Station.Followed, Station.Answered];

    /// <summary>All ten stations of an item, in their order.</summary>
    /// <param name="proved">Whether the audit entries of the item verify; nothing is stored for that station.</param>
    public static IReadOnlyList<RoadStep> Of(Item item, IEnumerable<RoadStop> stops, bool proved = false)
    {
        var known = stops.ToDictionary(s => s.Station);
        var closed = item.Closure is not null;
        var steps = new List<RoadStep>();
        DateTime? before = null;
        var currentIsFound = false;
        foreach (var station in Enum.GetValues<Station>())
        {
            if (known.TryGetValue(station, out var stop))
            {
                steps.Add(new RoadStep(station, RoadState.Done, stop.At, stop.By, stop.At - before));
                before = stop.At;
                continue;
            }

            var passed = station < item.LastStation;
            var state = station switch
            {
                Station.Filed => RoadState.Done,
                Station.Proved => proved ? RoadState.Done : RoadState.Waiting,
                _ when passed || (closed && station != Station.Answered) => RoadState.NotNeeded,
                _ when currentIsFound => RoadState.Waiting,
                _ => item.PersonNeeded is null ? RoadState.Current : RoadState.Attention,
            };
            currentIsFound |= state is RoadState.Current or RoadState.Attention;
            steps.Add(new RoadStep(station, state, station == Station.Filed ? item.OpenedAt : null));
            before ??= item.OpenedAt;
        }

        return steps;
    }

    /// <summary>
    /// All that a reporter sees before the answer: that it was filed and that we look at it. Not how far it got: only what is illegal is handed over,
    /// so the next stations would tell the outcome before it may be told.
    /// </summary>
    public static IReadOnlyList<RoadStep> PlainBeforeAnswer(bool waitsForPerson) => [.. Plain.Select(station => new RoadStep(station, station switch
    {
        Station.Filed => RoadState.Done,
        Station.Assessed => waitsForPerson ? RoadState.Attention : RoadState.Current,
        _ => RoadState.Waiting,
    }))];

    /// <summary>
    /// Once answered, the few stations that a reporter sees: each stands for itself and what leads up to it, so that "we check what it is" is under way
    /// while the address is traced and the page captured. Who and when stay inside.
    /// </summary>
    public static IReadOnlyList<RoadStep> PlainOf(IReadOnlyList<RoadStep> all)
    {
        var plain = new List<RoadStep>();
        var from = Station.Filed;
        foreach (var station in Plain)
        {
            var leg = all.Where(s => s.Station >= from && s.Station <= station).ToList();
            var state = leg[^1].State is RoadState.Done or RoadState.NotNeeded
                ? leg[^1].State
                : leg.Select(s => s.State).FirstOrDefault(s => s is RoadState.Attention or RoadState.Current, RoadState.Waiting);
            plain.Add(new RoadStep(station, state, state == RoadState.Done ? leg[^1].At : null));
            from = station + 1;
        }

        return plain;
    }
}
