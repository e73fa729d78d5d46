using System.Net;
using System.Security.Cryptography;
using Egida.Tracing.Mmdb;

namespace Egida.Tracing;

/// <summary>What the operator's file says of an address.</summary>
/// <param name="Hash">SHA-256 of the file: what the fact rests on. The operator keeps the files.</param>
/// <param name="Problem">Why it says nothing, where it should.</param>
internal readonly record struct FileCountry(string? Country, byte[]? Hash, string? Problem);

/// <summary>The operator's country file (CSV, or a MaxMind DB), read when first needed: the web never needs it, and a full one has half a million lines.</summary>
internal sealed class CountryFile(TracingOptions options)
{
    private readonly Lazy<(ICountrySource Source, byte[] Hash)?> read = new(() => Load(options.CountryFile));

    public FileCountry Of(IPAddress address)
    {
        if (read.Value is not { } file)
        {
            return default;
        }

        try
        {
            return new FileCountry(file.Source.Of(address), file.Hash, null);
        }
        catch (InvalidDataException)
        {
            return new FileCountry(null, file.Hash, "country-file-broken");
        }
    }

    private static (ICountrySource, byte[])? Load(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            return (path.EndsWith(".mmdb", StringComparison.OrdinalIgnoreCase) ? new MmdbFile(bytes) : Csv(bytes), SHA256.HashData(bytes));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidOperationException($"Tracing:CountryFile {path}: {e.Message}", e);
        }
    }

    private static CountryRanges Csv(byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes));
        return CountryRanges.Read(text);
    }
}
