namespace Egida.Tracing;

/// <summary>The operator's country file, read when first needed: the web never needs it, and a full one has half a million lines.</summary>
internal sealed class CountryFile(TracingOptions options)
{
    private readonly Lazy<CountryRanges?> ranges = new(() => Load(options.CountryFile));

    public CountryRanges? Ranges => ranges.Value;

    private static CountryRanges? Load(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            using var text = File.OpenText(path);
            return CountryRanges.Read(text);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidOperationException($"Tracing:CountryFile {path}: {e.Message}", e);
        }
    }
}
