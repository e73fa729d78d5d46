namespace Egida.HashBank.Lists;

/// <summary>Section <c>Lists</c>: how often lists are made, and how long they hold.</summary>
public sealed class ListOptions
{
    /// <summary>The name under which lists and their key are known to partners, such as <c>hotline.example</c>. Not to be changed: partners' programs take another one for another list.</summary>
    public string Origin { get; set; } = "egida";

    public TimeSpan FullEvery { get; set; } = TimeSpan.FromDays(7);

    public TimeSpan DeltaEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>From its making on; then it gives no answers any more.</summary>
    public TimeSpan Valid { get; set; } = TimeSpan.FromDays(10);

    /// <summary>A partner that hasn't fetched what is newer for so long still uses an old list.</summary>
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Made-up entries of a new list.</summary>
    public int Canaries { get; set; } = 8;

    /// <summary>After a change of the key both sign for so long.</summary>
    public TimeSpan KeyOverlap { get; set; } = TimeSpan.FromDays(90);

    /// <summary>With more changes than this, and than a quarter of the list, the next full list doesn't wait for its day.</summary>
    public int ManyChanges { get; set; } = 100_000;

    public int KeepFulls { get; set; } = 2;

    public int KeepDeltas { get; set; } = 3;

    public string? Problem() => this switch
    {
        { FullEvery.Ticks: <= 0 } or { DeltaEvery.Ticks: <= 0 } or { OverdueAfter.Ticks: <= 0 } or { KeyOverlap.Ticks: <= 0 } => "Lists: every span must be longer than zero.",
        _ when Valid <= FullEvery => "Lists:Valid must be longer than FullEvery, or lists end before the next ones are there.",
        { Canaries: < 0 or > 1000 } => "Lists:Canaries must be 0 to 1000.",
        { KeepFulls: < 1 } or { KeepDeltas: < 1 } => "Lists:KeepFulls and KeepDeltas must be at least 1.",
        _ when Origin.Length is 0 or > 100 || !Origin.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') => "Lists:Origin is a name such as hotline.example.",
        _ => null,
    };
}
