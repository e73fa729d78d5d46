namespace Egida.Takedown;

/// <summary>Section <c>Takedown</c>. The demo makes it quick.</summary>
public sealed class TakedownOptions
{
    /// <summary>A provider's notices of this time go in one letter. Zero: each as soon as it is there.</summary>
    public TimeSpan GroupFor { get; set; } = TimeSpan.FromHours(1);

    public int MostPerLetter { get; set; } = 50;

    /// <summary>Under which https address providers open their page. Empty: <c>Access:PublicUrl</c>; neither: the letter names no page.</summary>
    public string? PageUrl { get; set; }

    /// <summary>So long the provider's link opens the page.</summary>
    public TimeSpan LinkLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>After a provider's word that it is gone: caches need a moment, and nobody can make us knock every second.</summary>
    public TimeSpan CheckClaimAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A Maildir to which answers and bounces come. Empty: nobody reads them here.</summary>
    public string? Inbox { get; set; }

    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMinutes(1);

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

    internal Uri? Page => PageUrl is { Length: > 0 } url ? new Uri(url.TrimEnd('/') + "/") : null;

    public string? Problem() => this switch
    {
        { GroupFor.Ticks: < 0 } or { GroupFor.TotalHours: > 1 } => "Takedown:GroupFor must be zero to one hour.",
        { MostPerLetter: < 1 or > 50 } => "Takedown:MostPerLetter must be 1 to 50.",
        { PageUrl: { Length: > 0 } url } when !IsPage(url) => "Takedown:PageUrl must be an https address (http only towards this machine), such as https://hotline.example.",
        { LinkLife.TotalDays: < 1 or > 366 } => "Takedown:LinkLife must be 1 to 366 days.",
        { FirstCheckAfter.Ticks: <= 0 } or { LongestPause.Ticks: <= 0 } or { AfterMiss.Ticks: <= 0 } or { RemindAfter.Ticks: <= 0 } or { ReadEvery.Ticks: <= 0 } => "Takedown: every pause must be longer than zero.",
        { CheckClaimAfter.Ticks: < 0 } or { CheckClaimAfter.TotalHours: > 1 } => "Takedown:CheckClaimAfter must be zero to one hour.",
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

    private static bool IsPage(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
