using System.Text.RegularExpressions;
using Egida.Platform;

namespace Egida.Contacts;

/// <summary>The country's letters (<c>notices.json</c>), filled in. A brace that nobody fills is found when the program starts, not when a letter is sent.</summary>
public sealed partial record Letters(Letters.ToProvider Provider, Letters.ToPolice Police, Letters.ToPolice Preservation)
{
    private static readonly string[] Common = ["date", "earlier", "institution", "englishInstitution", "postalAddress", "mail", "phone"];
    private static readonly string[] OfNotice = [.. Common, "number", "more", "count", "reminder", "places", "englishPlaces", "page", "englishPage"];
    private static readonly string[] OfPlace = ["number", "classification", "detection", "url", "ip", "seen", "hashes", "claimed"];
    private static readonly string[] OfPackage = [.. Common, "reference", "link", "size", "sha256", "stamped", "certificate"];
    private static readonly string[] OfPreservation = [.. Common, "number", "reference", "unit", "unitPhone", "url", "ip", "seen"];

    public static Letters Of(CountryFolder country)
    {
        var read = country.Read<Letters>("notices.json");
        var provider = read.Provider;
        var unknown = Unknown([provider.Subject, provider.ReminderSubject, .. provider.Body, .. provider.Duplicate], OfNotice)
            .Concat(Unknown([.. provider.Place, .. provider.EnglishPlace], OfPlace))
            .Concat(Unknown([provider.Claimed, provider.EnglishClaimed], ["answered", "seen"]))
            .Concat(Unknown([provider.Page, provider.EnglishPage], ["link", "englishLink", "expires"]))
            .Concat(Unknown([read.Police.Subject, .. read.Police.Body, .. read.Police.Duplicate], OfPackage))
            .Concat(Unknown([read.Preservation.Subject, .. read.Preservation.Body, .. read.Preservation.Duplicate], OfPreservation))
            .ToList();
        var missing = Missing(["number", "places", "institution", "mail"], provider.Body)
            .Concat(Missing(["number", "classification", "url", "claimed"], provider.Place))
            .Concat(Missing(["reference", "link", "sha256"], read.Police.Body))
            .Concat(Missing(["number", "url", "unit"], read.Preservation.Body))
            .ToList();
        return unknown.Count == 0 && missing.Count == 0
            ? read
            : throw new InvalidOperationException($"notices.json: unknown braces [{string.Join(", ", unknown)}], braces that must be there [{string.Join(", ", missing)}].");
    }

    /// <summary>One pass: what is filled in is never looked at for braces again.</summary>
    public static string Fill(IEnumerable<string> lines, IReadOnlyDictionary<string, string> values) => Fill(string.Join('\n', lines), values);

    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Brace().Replace(text, m => values[m.Groups[1].Value]);

    private static IEnumerable<string> Unknown(IEnumerable<string> lines, string[] known) =>
        lines.SelectMany(l => Brace().Matches(l)).Select(m => m.Groups[1].Value).Except(known);

    private static IEnumerable<string> Missing(string[] needed, IReadOnlyList<string> lines) =>
        needed.Where(n => !lines.Any(l => l.Contains($"{{{n}}}", StringComparison.Ordinal)));

    [GeneratedRegex(@"\{([A-Za-z0-9]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Brace();

    /// <param name="Place">Once for each address of the letter; so is <paramref name="EnglishPlace"/>.</param>
    /// <param name="Claimed">In a place, where the provider had answered that it is gone.</param>
    /// <param name="Page">Where the provider can answer, if there is such a page.</param>
    public sealed record ToProvider(
        string Subject, string ReminderSubject, IReadOnlyList<string> Body, IReadOnlyList<string> Place, IReadOnlyList<string> EnglishPlace, string Claimed, string EnglishClaimed,
        string Page, string EnglishPage, IReadOnlyList<string> Duplicate);

    /// <summary>The same parts as a letter about preserving data has.</summary>
    public sealed record ToPolice(string Subject, IReadOnlyList<string> Body, IReadOnlyList<string> Duplicate);
}
