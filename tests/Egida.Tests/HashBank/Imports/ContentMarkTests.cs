using System.Security.Cryptography;
using System.Text;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Imports;

/// <summary>Nothing of a file is left out that wasn't kept, however much it looks like another one.</summary>
public sealed class ContentMarkTests
{
    private static readonly byte[] Fingerprint = SHA256.HashData("the same"u8);

    [Theory, OnBothDatabases]
    public async Task A_file_that_only_looks_like_the_one_that_was_interrupted_is_imported_from_its_beginning(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:ImportBatch"] = "10" });
        await host.Admit("lab");
        var one = List(1, 60);
        // Of the same length, and the same behind what was kept.
        var other = List(101, 155) + List(56, 60);
        Assert.Equal(one.Length, other.Length);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import(host, one, stopAfter: 1));
        var begun = await host.Read(db => db.Set<ImportRun>().AsNoTracking().SingleAsync());
        Assert.InRange(begun.Place, 10, 50);
        var run = await Import(host, other);

        Assert.Equal((ImportState.Done, 60), (run.State, run.Counts.Rows));
        Assert.NotEqual(begun.Id, run.Id);
        foreach (var item in new[] { 101, 110, 155, 60 }) Assert.True(await Has(host, item), $"{item} was left out");

        // The first one goes on where it was, and nothing of it is decided twice.
        var rest = await Import(host, one);
        Assert.Equal((begun.Id, ImportState.Done, 60), (rest.Id, rest.State, rest.Counts.Rows));
        Assert.True(await Has(host, 55));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1 << 16)]
    public void What_was_read_is_compared_at_the_very_byte_however_it_is_read(int buffer)
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        var mark = new ReadMark(333, SHA256.HashData(content.AsSpan(0, 333)));
        Assert.Equal(content, Read(content, mark, buffer));

        foreach (var at in new[] { 0, 200, 332 })
        {
            byte[] changed = [.. content];
            changed[at] ^= 1;
            Assert.Throws<OtherContentException>(() => Read(changed, mark, buffer));
        }

        // Behind it anything may stand; a shorter one isn't it.
        byte[] longer = [.. content[..333], 1, 2, 3];
        Assert.Equal(longer, Read(longer, mark, buffer));
        Assert.Throws<OtherContentException>(() => Read(content[..332], mark, buffer));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_500_000)]
    [InlineData(9_999_999)]
    public void Large_files_that_differ_where_the_fingerprint_looks_have_different_ones_and_copies_the_same(int at)
    {
        var folder = Directory.CreateTempSubdirectory("egida-import-").FullName;
        var content = new byte[10_000_000];
        var (one, copy, other) = (Path.Combine(folder, "one"), Path.Combine(folder, "copy"), Path.Combine(folder, "other"));
        File.WriteAllBytes(one, content);
        File.WriteAllBytes(copy, content);
        // In the middle there is a piece at least every 130 kB.
        content.AsSpan(at, Math.Min(140_000, content.Length - at)).Fill(1);
        File.WriteAllBytes(other, content);

        Assert.Equal(Of(one), Of(copy));
        Assert.NotEqual(Of(one), Of(other));
        Directory.Delete(folder, recursive: true);

        static string Of(string path)
        {
            using var file = Egida.HashBank.Imports.ImportFile.Open(path);
            return Convert.ToHexString(file.Fingerprint);
        }
    }

    private static string List(int first, int last) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(i => Convert.ToHexStringLower(SHA1.HashData(Bank.Bytes(i))) + "\n"));

    private static async Task<ImportRun> Import(EgidaHost host, string content, int? stopAfter = null)
    {
        var (mark, stop, batches) = (new ContentMark(), new CancellationTokenSource(), 0);
        using var _stop = stop;
        return await host.Services.GetRequiredService<Importer>().Run(
            new ImportOrder("lab", "sha1-list", "list", Fingerprint, content.Length, Rows(), () => 0) { Mark = mark },
            _ =>
            {
                if (++batches == stopAfter) stop.Cancel();
            },
            stop.Token);

        IEnumerable<ImportRow> Rows()
        {
            foreach (var row in HashList.All.Single(f => f.Name == "sha1-list").Read(mark.Over(new MemoryStream(Encoding.ASCII.GetBytes(content))))) yield return row;
        }
    }

    private static async Task<bool> Has(EgidaHost host, int item)
    {
        var sha1 = SHA1.HashData(Bank.Bytes(item));
        return await host.Read(db => db.Set<HashRecord>().AnyAsync(r => r.Sha1 == sha1));
    }

    private static byte[] Read(byte[] content, ReadMark expected, int size)
    {
        var mark = new ContentMark();
        mark.Expect(expected);
        using var stream = mark.Over(new MemoryStream(content));
        using var all = new MemoryStream();
        stream.CopyTo(all, size);
        mark.Require();
        Assert.Equal((content.Length, Convert.ToHexString(SHA256.HashData(content))), ((int)mark.Reached.Length, Convert.ToHexString(mark.Reached.Digest)));
        return all.ToArray();
    }
}
