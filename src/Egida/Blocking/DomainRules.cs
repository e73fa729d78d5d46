using Egida.Access;

namespace Egida.Blocking;

/// <summary>Which names are never listed, whoever proposes them: others would be hit who have done nothing.</summary>
internal sealed class DomainRules(BlockingTerms terms, PublicSite site, Contacts.Institution institution, IConfiguration configuration)
{
    private readonly Lazy<SuffixRules?> suffixes = new(() => SuffixRules.Read(configuration["Blocking:SuffixList"] ?? SuffixRules.DefaultPath));

    /// <summary>Where people see us, where our mail goes, and where those are sent who wanted to see a blocked domain.</summary>
    private readonly string[] own =
    [
        .. new[] { site.Url?.IdnHost, institution.Domain, configuration["Blocking:StopHost"] }.OfType<string>().Select(n => DomainName.Read(n).Name).OfType<string>(),
    ];

    /// <returns>The name in its one spelling, or why it can't be listed.</returns>
    public (string? Name, DomainProblem? Problem) Read(string? typed)
    {
        var (name, problem) = DomainName.Read(typed);
        problem ??= Decide(name!, own, terms, suffixes.Value);
        return problem is null ? (name, null) : (null, problem);
    }

    internal static DomainProblem? Decide(string name, IReadOnlyCollection<string> own, BlockingTerms terms, SuffixRules? suffixes) =>
        own.Any(o => DomainName.Touches(name, o)) ? DomainProblem.Own
        : terms.Protected.Any(p => DomainName.Touches(name, p)) ? DomainProblem.Protected
        : terms.Providers.Any(p => DomainName.Touches(name, p)) ? DomainProblem.Provider
        : terms.SharedByPath.Any(s => DomainName.Touches(name, s)) || terms.SharedByName.Any(s => DomainName.IsAtOrBelow(s, name)) ? DomainProblem.Shared
        : suffixes is null ? DomainProblem.SuffixesUnknown
        : suffixes.IsSuffix(name) ? DomainProblem.PublicSuffix
        : suffixes.HasSuffixBelow(name) ? DomainProblem.AboveSuffix
        : null;
}
