namespace Egida.Tests.Harness;

/// <summary>Stands still until moved.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public DateTime Now => now.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void AdvanceTo(DateTime instant)
    {
        if (instant > now.UtcDateTime)
        {
            now = new DateTimeOffset(instant, TimeSpan.Zero);
        }
    }
}
