using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Imports;

/// <summary>The verb as an operator uses it, in a process of its own: killed, done again, with files as they come.</summary>
public sealed class ImportHashesVerbTests
{
    [Theory, OnBothDatabases]
    public async Task Killed_at_any_place_it_goes_on_and_every_line_is_kept_once(DatabaseKind database)
    {
        const int lines = 20_000;
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        var file = Path.Combine(host.Folder, "list.txt");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, lines).Select(i => Convert.ToHexStringLower(MD5.HashData(Bank.Bytes(i)))));
        string[] verb = ["import-hashes", "--source", "lab", "--format", "md5-list", file, .. host.Settings.Select(s => $"--{s.Key}={s.Value}"), "--HashBank:ImportBatch=100"];

        for (var kill = 1; kill <= 2; kill++)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Egida.dll"), .. verb]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            while (!process.HasExited && await Records(host) < kill * 2000)
            {
                await Task.Delay(5);
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        var before = await Records(host);
        var (code, output) = await ChildProcess.Egida(host.Folder, verb);

        Assert.True(code == 0, output);
        Assert.InRange(before, 2000, lines - 1);
        Assert.Equal(lines, await Records(host));
        Assert.Equal(lines, (await host.Records()).Select(r => Convert.ToHexString(r.Md5!)).Distinct().Count());
        var run = await host.Read(db => db.Set<ImportRun>().AsNoTracking().SingleAsync());
        Assert.Equal((ImportState.Done, (long)lines, 0L), (run.State, run.Counts.New, run.Counts.Same));
        Assert.Equal(lines, await host.Read(db => db.Set<Contribution>().CountAsync()));
    }

    [Fact]
    public async Task It_says_what_it_did_where_the_refused_lines_are_and_what_is_wrong_with_the_command()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Admit("lab");
        var (file, report) = (Path.Combine(host.Folder, "a, list.txt"), Path.Combine(host.Folder, "refused.csv"));
        await File.WriteAllTextAsync(file, $"{Convert.ToHexStringLower(MD5.HashData(Bank.Bytes(1)))}\nnonsense\n");

        var dry = await Run(host, "--source", "lab", "--format", "list", "--dry-run", file);
        var done = await Run(host, "--source", "lab", "--format", "list", "--report", report, file);
        var again = await Run(host, "--source", "lab", "--format", "list", file);
        var source = await Run(host, "--source", "nobody", "--format", "list", file);
        var format = await Run(host, "--source", "lab", "--format", "what", file);
        var missing = await Run(host, "--source", "lab", "--format", "list", file + "x");

        Assert.Equal((4, 4, 4, 2, 2, 2), (dry.Code, done.Code, again.Code, source.Code, format.Code, missing.Code));
        Assert.Contains("as it would be", dry.Output, StringComparison.Ordinal);
        Assert.Contains("nothing changed", again.Output, StringComparison.Ordinal);
        Assert.Contains("There are: lab", source.Output, StringComparison.Ordinal);
        Assert.Contains("md5-list", format.Output, StringComparison.Ordinal);
        Assert.Equal(["place,code,detail", "2,\"wrong-length\",\"No kind of hash has 8 characters.\""], await File.ReadAllLinesAsync(report));
        Assert.Equal(1, await Records(host));
    }

    [Theory]
    [InlineData("list.txt.gz")]
    [InlineData("list.zip")]
    public async Task Packed_files_are_told_by_their_first_bytes_and_one_that_was_cut_off_keeps_what_it_has(string name)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Admit("lab");
        var lines = Enumerable.Range(1, 5000).Select(i => Convert.ToHexStringLower(SHA1.HashData(Bank.Bytes(i)))).ToList();
        var packed = Path.Combine(host.Folder, name);
        await using (var file = File.Create(packed))
        {
            if (name.EndsWith(".gz", StringComparison.Ordinal))
            {
                await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
                await Write(gzip, lines);
            }
            else
            {
                using var zip = new ZipArchive(file, ZipArchiveMode.Create);
                await using var entry = zip.CreateEntry("folder/list.txt").Open();
                await Write(entry, lines);
            }
        }

        var cut = Path.Combine(host.Folder, "no name says what it is");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(packed))[..60_000]);

        var broken = await host.ImportFile("lab", "sha1-list", cut);
        var kept = await Records(host);
        var whole = await host.ImportFile("lab", "sha1-list", packed);

        Assert.Equal((ImportState.Broken, ImportState.Done), (broken.State, whole.State));
        Assert.NotNull(broken.Problem);
        Assert.True(name.EndsWith(".gz", StringComparison.Ordinal) ? kept > 100 : kept == 0);
        Assert.Equal(5000, await Records(host));
    }

    [Fact]
    public async Task An_archive_of_several_files_is_refused()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Admit("lab");
        var several = Path.Combine(host.Folder, "several.zip");
        using (var zip = new ZipArchive(File.Create(several), ZipArchiveMode.Create))
        {
            await zip.CreateEntry("a.txt").Open().DisposeAsync();
            await zip.CreateEntry("b.txt").Open().DisposeAsync();
        }

        var refused = await host.ImportFile("lab", "list", several);

        Assert.Equal(ImportState.Broken, refused.State);
        Assert.Contains("2 files", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restore_it_knows_what_the_restored_bank_has_and_not_what_was_lost()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Admit("lab");
        string[] lists = [.. Enumerable.Range(0, 4).Select(list => Path.Combine(host.Folder, $"list-{list}"))];
        for (var list = 0; list < lists.Length; list++)
        {
            await File.WriteAllLinesAsync(lists[list], Enumerable.Range(1 + (list * 1000), list == 3 ? 300 : 100).Select(i => Convert.ToHexStringLower(MD5.HashData(Bank.Bytes(i)))));
        }

        var restored = Path.Combine(host.Folder, "restored.db");
        Assert.Equal(0, (await Run(host, "--source", "lab", "--format", "list", lists[0])).Code);
        await host.Read(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {restored}"));
        Assert.Equal(0, (await Run(host, "--source", "lab", "--format", "list", lists[1])).Code);
        Assert.Equal(0, (await Run(host, "--source", "lab", "--format", "list", lists[2])).Code);

        // The bank is restored and goes on, by hand of a machine that knows nothing of what was lost: longer than before, with other records.
        string[] there = [.. host.Settings.Where(s => s.Key is not ("Database:ConnectionString" or "Data:Folder")).Select(s => $"--{s.Key}={s.Value}"), $"--Database:ConnectionString=Data Source={restored}", $"--Keys:Folder={Path.Combine(host.Folder, "keys")}"];
        Assert.Equal(0, (await ChildProcess.Egida(host.Folder, ["import-hashes", "--source", "lab", "--format", "list", lists[3], .. there, $"--Data:Folder={host.Folder}/other"])).Code);
        var (code, output) = await ChildProcess.Egida(host.Folder, ["import-hashes", "--source", "lab", "--format", "md5-list", lists[3], .. there, $"--Data:Folder={host.Folder}"]);

        Assert.True(code == 0, output);
        Assert.Matches("same +300\n", output);
        Assert.Matches("new +0\n", output);
    }

    [Fact]
    public void What_unpacks_without_end_is_given_up()
    {
        using var endless = new UnpackedStream(new Endless(), packedLength: 1 << 20);
        var buffer = new byte[1 << 22];

        var refused = Assert.Throws<ImportRefusedException>(() =>
        {
            while (endless.Read(buffer) > 0)
            {
                // Until it is given up.
            }
        });

        Assert.Contains("200 times", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;
    }

    private static async Task Write(Stream to, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await to.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        }
    }

    private static Task<(int Code, string Output)> Run(EgidaHost host, params string[] arguments) =>
        ChildProcess.Egida(host.Folder, ["import-hashes", .. arguments, .. host.Settings.Select(s => string.Create(CultureInfo.InvariantCulture, $"--{s.Key}={s.Value}"))]);

    private static Task<int> Records(EgidaHost host) => host.Read(db => db.Set<HashRecord>().CountAsync());
}
