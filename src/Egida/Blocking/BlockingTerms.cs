using Egida.Platform;

namespace Egida.Blocking;

/// <summary>What a country has decided about blocking: bases, terms, and the names that are never listed. The country's <c>blocking.json</c>.</summary>
/// <param name="ReviewWithinDays">The latest day of an entry's review.</param>
/// <param name="TryRemovalForHours">The first notice about an item must be so old before its domain can be proposed.</param>
/// <param name="AdditionsAfterMinutes">What is added waits for so long before it is published; what is removed never waits.</param>
/// <param name="ValidHours">How long a version of the list holds.</param>
/// <param name="AppealsPerHour">What comes above waits behind the others.</param>
/// <param name="Protected">Never listed, nor anything above or below.</param>
/// <param name="Providers">The same, of companies whose networks carry others.</param>
/// <param name="SharedByName">One name below is one tenant; the whole is never listed.</param>
/// <param name="SharedByPath">Many tenants under one name: never listed, nor anything below.</param>
public sealed record BlockingTerms(
    int ReviewWithinDays, int AskForReviewDaysBefore, int EndsWithoutReviewAfterDays, int TryRemovalForHours, int AdditionsAfterMinutes, int PollSeconds, int ValidHours,
    int AppealDecideWithinDays, int AppealsPerHour, IReadOnlyList<BlockBasis> Bases,
    IReadOnlyList<string> Protected, IReadOnlyList<string> Providers, IReadOnlyList<string> SharedByName, IReadOnlyList<string> SharedByPath)
{
    public TimeSpan Valid => TimeSpan.FromHours(ValidHours);

    public static BlockingTerms Of(CountryFolder country)
    {
        var read = country.Read<BlockingTerms>("blocking.json");
        return read.Problem() is { } problem ? throw new InvalidOperationException($"blocking.json: {problem}") : read;
    }

    /// <summary>The bases that hold on this day.</summary>
    public IEnumerable<BlockBasis> BasesOn(DateTime now) => Bases.Where(b => b.HoldsOn(DateOnly.FromDateTime(now)));

    private string? Problem()
    {
        int[] numbers = [ReviewWithinDays, AskForReviewDaysBefore, EndsWithoutReviewAfterDays, TryRemovalForHours, AdditionsAfterMinutes, PollSeconds, ValidHours, AppealDecideWithinDays, AppealsPerHour];
        if (!numbers.All(n => n > 0)) return "every number must be there and be 1 or more.";
        if (Bases is not { Count: > 0 } || Protected is null || Providers is null || SharedByName is null || SharedByPath is null) return "bases, protected, providers, sharedByName and sharedByPath must be there.";

        // A name that is misspelt protects nobody.
        return new[] { Protected, Providers, SharedByName, SharedByPath }.SelectMany(n => n).FirstOrDefault(n => !DomainName.IsCanonical(n)) is { } wrong
            ? $"'{wrong}' is no domain as it is written here: small letters, xn-- for others."
            : null;
    }
}

/// <param name="Code">Stands in the log and in the entry.</param>
/// <param name="Name">In each language.</param>
public sealed record BlockBasis(string Code, IReadOnlyDictionary<string, string> Name, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidUntil is null || day <= ValidUntil);
}
