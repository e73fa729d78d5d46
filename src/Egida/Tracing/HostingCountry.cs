namespace Egida.Tracing;

/// <summary>
/// In which country is it? The country file says where an address is used; the registry's word is where its holder registered it, which may be
/// an office (RFC 9083 leaves the meaning open). So the file decides where it knows; a difference is kept, for a person to see.
/// </summary>
internal readonly record struct HostingCountry(string? Code, Confidence? Confidence, bool Differs)
{
    public static HostingCountry Decide(string? registry, string? file) => (registry, file) switch
    {
        (null, null) => new(null, null, false),
        ({ } only, null) => new(only, Tracing.Confidence.Medium, false),
        (null, { } only) => new(only, Tracing.Confidence.Medium, false),
        _ when registry == file => new(file, Tracing.Confidence.High, false),
        _ => new(file, Tracing.Confidence.Low, true),
    };

    /// <summary>The first network that says anything decides; another network in another country is a difference too.</summary>
    public static HostingCountry Decide(IReadOnlyList<TracedNetwork> networks)
    {
        var each = networks.Select(n => Decide(n.RegistryCountry, n.FileCountry)).Where(c => c.Code is not null).ToList();
        return each switch
        {
            [] => new(null, null, false),
            [var first, ..] when each.TrueForAll(c => c.Code == first.Code) => first with { Differs = each.Exists(c => c.Differs) },
            [var first, ..] => new(first.Code, Tracing.Confidence.Low, true),
        };
    }
}
