namespace Egida.Takedown;

/// <summary>What the capture process' probe saw of an address.</summary>
public enum Sighting
{
    Present,

    /// <summary>The server says that it isn't there, or the name exists no more.</summary>
    Gone,

    /// <summary>No answer: theirs or our own network; says nothing about the content.</summary>
    Unreachable,

    /// <summary>The name now leads where we never connect.</summary>
    Forbidden,
}

/// <summary>Section <c>Takedown</c>. The demo makes it quick.</summary>
public sealed class TakedownOptions
{
    public TimeSpan FirstCheckAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Each pause is so many times the one before.</summary>
    public double Growth { get; set; } = 1.5;

    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(12);

    /// <summary>After a miss: sooner, so that removal is confirmed or refuted.</summary>
    public TimeSpan AfterMiss { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(24);

    public int MaxReminders { get; set; } = 3;

    /// <summary>So many checks in a row that say nothing, and a person looks.</summary>
    public int MaxUnreachable { get; set; } = 12;

    public string? Problem() => this switch
    {
        { FirstCheckAfter.Ticks: <= 0 } or { LongestPause.Ticks: <= 0 } or { AfterMiss.Ticks: <= 0 } or { RemindAfter.Ticks: <= 0 } => "Takedown: every pause must be longer than zero.",
        { Growth: < 1 or > 10 } => "Takedown:Growth must be 1 to 10.",
        { MaxUnreachable: < 1 } => "Takedown:MaxUnreachable must be at least 1.",
        _ => null,
    };

    /// <param name="checks">How many checks were made already.</param>
    public TimeSpan PauseAfter(int checks, int missesInRow)
    {
        var pause = FirstCheckAfter * Math.Pow(Growth, Math.Min(checks, 60));
        var bounded = pause < LongestPause ? pause : LongestPause;
        return missesInRow > 0 && AfterMiss < bounded ? AfterMiss : bounded;
    }
}
