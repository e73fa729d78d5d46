using Egida.Platform;

namespace Egida.Assessment;

/// <summary>
/// The country's rule file: neutral labels in, each scheme's code out. Deciding is pure; the version that decided is stored with the outcome,
/// so that outcomes can be derived again when the law changes.
/// </summary>
public sealed record Law
{
    public required string Version { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required IReadOnlyList<SchemeRules> Schemes { get; init; }

    public static Law From(CountryFolder country, LabelScheme labels)
    {
        var law = country.Read<Law>("law.json");
        law.Check(labels);
        return law;
    }

    /// <summary>A rule in words. Outcomes that an older version of the file came to may name a rule that isn't there any more: then its code.</summary>
    public string NameOf(string scheme, string rule, string language) =>
        Schemes.FirstOrDefault(s => s.Scheme == scheme)?.Rules.FirstOrDefault(r => r.Rule == rule)?.Name?.GetValueOrDefault(language) ?? rule;

    /// <summary>Schemes in the file's order, those it doesn't have last.</summary>
    public int OrderOf(string scheme) => Schemes.Select((s, i) => s.Scheme == scheme ? i : Schemes.Count).Min();

    /// <summary>One code per scheme that has a rule for these labels, in the file's order.</summary>
    public IReadOnlyList<SchemeCode> Derive(LabelSet labels)
    {
        var derived = new List<SchemeCode>();
        foreach (var scheme in Schemes)
        {
            if (scheme.Rules.FirstOrDefault(r => r.Fits(labels, derived)) is { } rule)
            {
                derived.Add(new SchemeCode(scheme.Scheme, rule.Code, rule.Rule, rule.LegalBasis));
            }
        }

        return derived;
    }

    /// <summary>
    /// The item as a whole: every scheme's code comes from the object that is worst in that scheme, in the order of its rules (the first rule is
    /// the gravest). Severity and age may so come from different objects, as hotlines count them.
    /// </summary>
    public IReadOnlyList<SchemeCode> Combine(IReadOnlyList<IReadOnlyList<SchemeCode>> objects) =>
    [
        .. Schemes.Select(scheme => objects
                .SelectMany(o => o)
                .Where(c => c.Scheme == scheme.Scheme)
                .OrderBy(c => scheme.Rank(c.Code))
                .FirstOrDefault())
            .OfType<SchemeCode>(),
    ];

    /// <summary>A rule that names a group or label that the scheme doesn't have could never fit: the file is refused at start.</summary>
    private void Check(LabelScheme labels)
    {
        foreach (var (scheme, rule) in Schemes.SelectMany(s => s.Rules.Select(r => (s, r))))
        {
            foreach (var (group, codes) in rule.When ?? new Dictionary<string, IReadOnlyList<string>>())
            {
                var known = labels.Groups.FirstOrDefault(g => g.Code == group)?.Labels.Select(l => l.Code).ToHashSet()
                    ?? throw new InvalidOperationException($"law.json, {scheme.Scheme}/{rule.Rule}: labels.json has no group '{group}'.");
                if (codes.FirstOrDefault(c => !known.Contains(c)) is { } stray)
                {
                    throw new InvalidOperationException($"law.json, {scheme.Scheme}/{rule.Rule}: the group '{group}' has no label '{stray}'.");
                }
            }

            if (rule.Given is { } given && Schemes.TakeWhile(s => s != scheme).FirstOrDefault(s => s.Scheme == given.Scheme)?.Rules.Any(r => r.Code == given.Code) != true)
            {
                throw new InvalidOperationException($"law.json, {scheme.Scheme}/{rule.Rule}: no earlier scheme '{given.Scheme}' gives the code '{given.Code}'.");
            }
        }
    }
}

public sealed record SchemeRules
{
    public required string Scheme { get; init; }

    public required IReadOnlyList<LawRule> Rules { get; init; }

    internal int Rank(string code) => Rules.Select((r, i) => (r.Code, i)).First(p => p.Code == code).i;
}

public sealed record LawRule
{
    public required string Rule { get; init; }

    public required string Code { get; init; }

    /// <summary>What the rule says, by language; without it people read its code.</summary>
    public IReadOnlyDictionary<string, string>? Name { get; init; }

    public string? LegalBasis { get; init; }

    /// <summary>All groups must have one of the listed labels.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? When { get; init; }

    /// <summary>An earlier scheme came to this code.</summary>
    public SchemeAndCode? Given { get; init; }

    internal bool Fits(LabelSet labels, IReadOnlyList<SchemeCode> derived) =>
        (When is null || When.All(w => labels.Has(w.Key, w.Value)))
        && (Given is null || derived.Any(d => d.Scheme == Given.Scheme && d.Code == Given.Code));
}

public sealed record SchemeAndCode(string Scheme, string Code);

public sealed record SchemeCode(string Scheme, string Code, string Rule, string? LegalBasis);
