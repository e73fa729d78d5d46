using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CsvHelper;
using CsvHelper.Configuration;

namespace Egida.Tracing;

/// <summary>
/// Country by address, from a file of `start,end,country` (first and last address, ISO 3166-1 alpha-2), with or without a header, in any order.
/// Ranges of one family must not overlap: then the last one that starts at or before an address is the only candidate.
/// </summary>
internal sealed class CountryRanges : ICountrySource
{
    private readonly UInt128[] starts4, ends4, starts6, ends6;
    private readonly string?[] countries4, countries6;

    private CountryRanges(IEnumerable<Row> rows)
    {
        var families = rows.ToLookup(r => r.Family);
        (starts4, ends4, countries4) = Sorted(families[AddressFamily.InterNetwork]);
        (starts6, ends6, countries6) = Sorted(families[AddressFamily.InterNetworkV6]);
    }

    public int Count => starts4.Length + starts6.Length;

    /// <exception cref="InvalidDataException">Names the line that can't be read, or two ranges that overlap.</exception>
    public static CountryRanges Read(TextReader text)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = null,
        };
        using var csv = new CsvParser(text, settings);
        var rows = new List<Row>();
        while (csv.Read())
        {
            if (csv.Row == 1 && !IPAddress.TryParse(csv.Record![0], out _))
            {
                continue;
            }

            rows.Add(Parse(csv.Record!, csv.RawRow));
        }

        return new CountryRanges(rows);
    }

    public string? Of(IPAddress address)
    {
        var (starts, ends, countries) = address.AddressFamily == AddressFamily.InterNetwork ? (starts4, ends4, countries4) : (starts6, ends6, countries6);
        var number = Number(address);
        var at = Array.BinarySearch(starts, number);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && number <= ends[at] ? countries[at] : null;
    }

    /// <summary>Two letters A–Z that name a country; registries also write EU, AP and ZZ, which name none.</summary>
    internal static string? Code(string? text)
    {
        var code = text?.Trim().ToUpperInvariant();
        return code is { Length: 2 } && code.All(char.IsAsciiLetterUpper) && code is not ("EU" or "AP" or "ZZ") ? code : null;
    }

    private static Row Parse(string[] fields, int line)
    {
        if (fields.Length < 3 || !IPAddress.TryParse(fields[0], out var first) || !IPAddress.TryParse(fields[1], out var last))
        {
            throw new InvalidDataException($"line {line}: expected first address, last address, country");
        }

        if (first.AddressFamily != last.AddressFamily || Number(first) > Number(last))
        {
            throw new InvalidDataException($"line {line}: the last address must not be below the first, nor of another family");
        }

        return new Row(first.AddressFamily, Number(first), Number(last), Code(fields[2]), line);
    }

    private static (UInt128[] Starts, UInt128[] Ends, string?[] Countries) Sorted(IEnumerable<Row> rows)
    {
        var sorted = rows.OrderBy(r => r.First).ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].First <= sorted[i - 1].Last)
            {
                throw new InvalidDataException($"lines {sorted[i - 1].Line} and {sorted[i].Line}: the ranges overlap");
            }
        }

        return ([.. sorted.Select(r => r.First)], [.. sorted.Select(r => r.Last)], [.. sorted.Select(r => r.Country)]);
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Row(AddressFamily Family, UInt128 First, UInt128 Last, string? Country, int Line);
}
