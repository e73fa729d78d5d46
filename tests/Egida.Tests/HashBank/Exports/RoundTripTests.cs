using System.Globalization;
using System.Text;
using Egida.HashBank;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Egida.Tests.HashBank.Imports.Formats;
using Microsoft.Extensions.Configuration;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Exports;

/// <summary>What is written is read again as it was, as far as the form can carry it, whatever the texts hold.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Series = ["Góry", "=1+1", "+48 112", "-x", "@SUM(A1)", "'quoted", "a;b,c\"d\"", "<&>'\"", "  = spaced", "лід"];

    [Fact]
    public async Task Vics_loses_no_hash_mark_series_or_category()
    {
        var items = Enumerable.Range(1, 300).Select(Item).ToList();
        var (count, rows) = await RoundTrip(new VicsExport(), new VicsFormat(new VicsCategories()), items);

        var carried = items.Where(i => i.Hashes.Md5 is not null).ToList();
        Assert.Equal(carried.Count, count);
        Assert.Equal(carried.Select(i => Said(i.Hashes, i.Flags, i.Classification!.Series)), rows.Select(r => Said(r.Hashes, r.Flags, r.Classification!.Series)));
        Assert.All(rows, r => Assert.Equal("vics-2.0/US", r.Classification!.Scheme));
    }

    [Fact]
    public async Task Icse_loses_nothing_of_what_it_has_columns_for()
    {
        var items = Enumerable.Range(1, 300).Select(Item).ToList();
        var (count, rows) = await RoundTrip(new IcseExport(), new IcseFormat(), items);

        ItemHashes Columns(ItemHashes all) => new() { Md5 = all.Md5, Sha1 = all.Sha1, Further = [.. all.Further.Where(h => h.Kind == HashKind.PhotoDna).Take(1)] };
        var carried = items.Where(i => !Columns(i.Hashes).IsEmpty).ToList();
        Assert.Equal(carried.Count, count);
        Assert.Equal(
            carried.Select(i => Said(Columns(i.Hashes), i.Flags, i.Classification!.Series) + i.Id + Baseline(i.Id.Value)),
            rows.Select(r => Said(r.Hashes, r.Flags, r.Classification!.Series) + r.Key + r.Classification!.Labels));
    }

    [Fact]
    public async Task Ncmecs_form_loses_no_hash_classification_or_tombstone()
    {
        var items = Enumerable.Range(1, 300).Select(i => i % 10 == 0 ? Item(i) with { IsGone = true, Hashes = new ItemHashes() } : Item(i)).ToList();
        var (count, rows) = await RoundTrip(new NcmecExport(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["HashExports:Member"] = "77" }).Build()), new NcmecFormat(), items);

        // Digests of SHA-256 have no name there, but an element of theirs reads well.
        Assert.Equal(items.Count, count);
        Assert.Equal(
            items.Select(i => $"77-{i.Id} {i.IsGone} {Said(NoQuality(i.Hashes), RecordFlags.None, null)} {(i.IsGone ? "" : i.Code("NCMEC"))}"),
            rows.Select(r => $"{r.Key} {r.Says == Says.TakesBack} {Said(r.Hashes, r.Flags, null)} {(r.Classification is null ? "" : r.Classification.Labels.Split('"')[3])}"));
    }

    [Fact]
    public async Task No_cell_of_any_table_is_a_formula()
    {
        foreach (var format in new IExportFormat[] { new IcseExport(), new CsvExport() })
        {
            using var file = new MemoryStream();
            await format.Write(Enumerable.Range(1, 40).Select(Item).ToAsyncEnumerable(), file, CancellationToken.None);
            var records = new CsvRecords(new ByteWindow(new MemoryStream(file.ToArray())), (byte)(format is IcseExport ? ';' : ','));
            while (records.Next())
            {
                for (var i = 0; i < records.Count; i++)
                {
                    Assert.False(Encoding.UTF8.GetString(records[i]).TrimStart() is ['=' or '+' or '-' or '@', ..]);
                }
            }
        }
    }

    private static async Task<(int Count, List<ImportRow.Item> Rows)> RoundTrip(IExportFormat write, IImportFormat read, IEnumerable<ExportItem> items)
    {
        using var file = new MemoryStream();
        var count = await write.Write(items.ToAsyncEnumerable(), file, CancellationToken.None);
        return (count, [.. Rows.Of(read, file.ToArray()).Select(Assert.IsType<ImportRow.Item>)]);
    }

    private static ItemHashes NoQuality(ItemHashes h) => new() { Md5 = h.Md5, Sha1 = h.Sha1, Sha256 = h.Sha256, Pdq = h.Pdq, Further = h.Further };

    private static string Said(ItemHashes hashes, RecordFlags flags, string? series) => $"{Rows.Said(hashes)} {flags} {series?.Trim()} ";

    private static string Baseline(int i) => i % 2 == 0 ? """{"baseline":["yes"],"medium":["image"]}""" : """{"baseline":["no"],"medium":["image"]}""";

    private static ExportItem Item(int i)
    {
        var series = i % 3 == 0 ? Series[i / 3 % Series.Length] : null;
        var flags = (RecordFlags)(i % 8 << 1) | (series is null ? RecordFlags.None : RecordFlags.Series);
        List<(HashKind, string?, byte[], byte?)> further = [];
        if (i % 4 == 0) further.Add((HashKind.PhotoDna, null, Rows.PhotoDna(i), null));
        if (i % 5 == 0) further.Add((HashKind.Other, "netclean", Encoding.UTF8.GetBytes($"text {i} <&> \"'"), null));
        return new ExportItem(
            new HashRecordId(i),
            new ItemHashes
            {
                Md5 = i % 7 == 0 ? null : Convert.FromHexString(Rows.Md5(i)),
                Sha1 = i % 2 == 0 ? Convert.FromHexString(Rows.Sha1(i)) : null,
                Sha256 = i % 3 == 0 ? Convert.FromHexString(Rows.Sha256(i)) : null,
                Pdq = i % 4 == 1 || i % 7 == 0 ? Convert.FromHexString(Rows.Pdq(i)) : null,
                PdqQuality = i % 4 == 1 || i % 7 == 0 ? (byte)(50 + i % 50) : null,
                Further = further,
            },
            Classification.Of("ucs/1", Bank.Labels, $$"""{"PL":"illegal","NCMEC":"{{"AB"[i % 2]}}{{(1 + i / 2 % 2).ToString(CultureInfo.InvariantCulture)}}","INTERPOL":"{{(i % 2 == 0 ? 1 : 2).ToString(CultureInfo.InvariantCulture)}}"}""", series: series),
            flags)
        { At = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i) };
    }
}
