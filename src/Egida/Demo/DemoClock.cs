namespace Egida.Demo;

/// <summary>The seed's reports come from the past weeks: its clock is set to then and moved on.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void Set(DateTimeOffset instant) => now = instant > now ? instant : now;
}
