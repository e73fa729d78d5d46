namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// What a category of VICS says about an item. Only what is known here: a number whose meaning isn't is no reason to call something known material. Section
/// <c>HashImports:VicsCategories:SCHEME:NUMBER</c> = known, benign or none adds to it.
/// </summary>
internal sealed class VicsCategories
{
    /// <summary>Schemes that are kept in the numbers of the US context, as far as is public.</summary>
    private static readonly string[] AsInTheUs = ["vics-1.2", "vics-1.3", "vics-2.0/US", "vics-2.0/DEFAULT"];

    private readonly Dictionary<(string Scheme, int Category), Says?> meanings = [];

    public VicsCategories(IConfiguration? configuration = null)
    {
        foreach (var scheme in AsInTheUs)
        {
            meanings[(scheme, 0)] = Says.Benign;
            meanings[(scheme, 1)] = Says.Known;
            meanings[(scheme, 2)] = Says.Known;
            meanings[(scheme, 3)] = Says.Known;
            meanings[(scheme, 4)] = null;
            meanings[(scheme, 5)] = null;
        }

        foreach (var scheme in configuration?.GetSection("HashImports:VicsCategories").GetChildren() ?? [])
        {
            foreach (var category in scheme.GetChildren())
            {
                meanings[(scheme.Key, int.Parse(category.Key, System.Globalization.CultureInfo.InvariantCulture))] = category.Value switch
                {
                    "known" => Says.Known,
                    "benign" => Says.Benign,
                    "none" => null,
                    _ => throw new InvalidOperationException($"{category.Path} is '{category.Value}': it is known, benign or none."),
                };
            }
        }
    }

    /// <returns>Whether the number means anything here; it may mean that nothing was decided.</returns>
    public bool TryGet(string scheme, int category, out Says? says) => meanings.TryGetValue((scheme, category), out says);
}
