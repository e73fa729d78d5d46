using System.Text.Json;
using Egida.HashBank;
using Egida.Platform;

namespace Egida.Assessment;

public enum LabelSection
{
    Categorisation,
    Investigative,
    Demographic,
}

public enum LabelTarget
{
    Media,
    Page,
}

public enum LabelCardinality
{
    One,
    Many,
}

/// <summary>The neutral labels of an installation: the country's labels.json.</summary>
public sealed record LabelScheme
{
    public required string Scheme { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<LabelGroup> Groups { get; init; }

    public static LabelScheme From(CountryFolder country) => country.Read<LabelScheme>("labels.json");

    internal LabelNames Names() => new(
        (group, language) => Groups.FirstOrDefault(g => g.Code == group)?.Name.GetValueOrDefault(language),
        (group, label, language) => Groups.FirstOrDefault(g => g.Code == group)?.Labels.FirstOrDefault(l => l.Code == label)?.Name.GetValueOrDefault(language));

    public IEnumerable<LabelGroup> For(LabelTarget target) => Groups.Where(g => g.AppliesTo == target);
}

public sealed record LabelGroup
{
    public required string Code { get; init; }

    public required LabelSection Section { get; init; }

    public required LabelTarget AppliesTo { get; init; }

    public required LabelCardinality Cardinality { get; init; }

    public required bool Required { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    public required IReadOnlyList<Label> Labels { get; init; }
}

public sealed record Label
{
    public required string Code { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }
}

/// <summary>The labels that somebody set on one object: group → codes, in the scheme's order, so that equal choices are equal texts.</summary>
public sealed record LabelSet(IReadOnlyDictionary<string, IReadOnlyList<string>> Codes)
{
    public static readonly LabelSet Empty = new(new Dictionary<string, IReadOnlyList<string>>());

    public string? One(string group) => Codes.TryGetValue(group, out var codes) && codes.Count > 0 ? codes[0] : null;

    public bool Has(string group, IEnumerable<string> anyOf) => Codes.TryGetValue(group, out var codes) && codes.Intersect(anyOf, StringComparer.Ordinal).Any();

    public string ToJson() => JsonSerializer.Serialize(Codes);

    public static LabelSet FromJson(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, List<string>>>(json)!.ToDictionary(p => p.Key, p => (IReadOnlyList<string>)p.Value));

    public abstract record Reading
    {
        private Reading()
        {
        }

        public sealed record Complete(LabelSet Labels) : Reading;

        /// <param name="Missing">Groups that need an answer.</param>
        /// <param name="Unknown">Codes that the scheme doesn't have: a stale or tampered form.</param>
        public sealed record Refused(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown) : Reading;
    }

    /// <summary>Takes what was chosen in a form: group → codes as sent.</summary>
    public static Reading Read(LabelScheme scheme, LabelTarget target, Func<string, IEnumerable<string>> chosen)
    {
        var codes = new Dictionary<string, IReadOnlyList<string>>();
        List<string> missing = [], unknown = [];
        foreach (var group in scheme.For(target))
        {
            var sent = chosen(group.Code).Where(c => c.Length > 0).Distinct().ToList();
            var known = group.Labels.Select(l => l.Code).Where(sent.Contains).ToList();
            if (known.Count != sent.Count || (group.Cardinality == LabelCardinality.One && sent.Count > 1))
            {
                unknown.Add(group.Code);
            }
            else if (known.Count == 0 && group.Required)
            {
                missing.Add(group.Code);
            }
            else if (known.Count > 0)
            {
                codes[group.Code] = known;
            }
        }

        return missing.Count + unknown.Count == 0 ? new Reading.Complete(new LabelSet(codes)) : new Reading.Refused(missing, unknown);
    }
}
