using System.Security.Cryptography;
using Egida.Access;
using Egida.Audit;
using Egida.HashBank;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports.Formats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Exports;

public sealed class ExportHashesTests
{
    [Theory, OnBothDatabases]
    public async Task Only_what_is_confirmed_here_as_known_material_goes_out_and_the_log_says_who_exported_what(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var known = await host.Known(1);
        await host.Record(2);
        var withdrawn = await host.Known(3);
        await Withdraw(host, withdrawn);
        await OfASource(host, 4);
        var file = Path.Combine(host.Folder, "out.csv");

        var done = await Export(host, "csv", file);

        var rows = (await File.ReadAllLinesAsync(file)).Skip(1).ToList();
        Assert.StartsWith($"{known},{Rows.Md5(1)},{Rows.Sha1(1)},{Rows.Sha256(1)},{Rows.Pdq(1)},100,", Assert.Single(rows), StringComparison.Ordinal);
        Assert.Equal((1, 0, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)))), (done.Records, done.NotCarried, done.Digest));
        var entry = (await host.Read(db => db.Set<AuditEntry>().Select(e => e.Data).ToListAsync())).Last();
        Assert.All([done.Digest, "\"format\":\"csv\"", Bank.Person(7).ToString()], part => Assert.Contains(part, entry, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(["out.csv"], Directory.EnumerateFiles(host.Folder, "*out*").Select(Path.GetFileName));
    }

    [Theory, OnBothDatabases]
    public async Task The_next_export_goes_on_behind_the_last_and_says_what_is_to_be_taken_out(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var first = await host.Known(1);
        var done = await Export(host, "ncmec", Path.Combine(host.Folder, "1.xml"));
        await host.Known(2);
        await Withdraw(host, first);

        await Export(host, "ncmec", Path.Combine(host.Folder, "2.xml"), done.Until);

        var rows = Read(new NcmecFormat(), Path.Combine(host.Folder, "2.xml"));
        Assert.Equal(["Known 0-2", $"TakesBack 0-{first}"], rows.Cast<ImportRow.Item>().Select(r => $"{r.Says} {r.Key}"));
        Assert.Equal(0, (await Export(host, "ncmec", Path.Combine(host.Folder, "3.xml"), done.Until + 1000)).Records);
        await Assert.ThrowsAsync<ExportImpossibleException>(() => Export(host, "ncmec", Path.Combine(host.Folder, "3.xml")));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_elses_word_is_passed_on_unless_they_allow_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashExports:PassOn:0"] = "laboratory" });
        await host.Known(1);
        await OfASource(host, 4);

        Assert.Equal(2, (await Export(host, "csv", Path.Combine(host.Folder, "both.csv"))).Records);
    }

    [Fact]
    public async Task The_verb_wants_somebody_with_the_right_and_writes_the_file()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        var (quality, analyst) = (await NameOf(host, Role.Quality), await NameOf(host, Role.Analyst));
        string[] Verb(string by, string file) => ["export-hashes", "--format", "vics", "--out", Path.Combine(host.Folder, file), "--by", by, .. host.Settings.Select(s => $"--{s.Key}={s.Value}")];

        var (refused, why) = await ChildProcess.Egida(host.Folder, Verb(analyst, "no.json"));
        var (code, output) = await ChildProcess.Egida(host.Folder, Verb(quality, "yes.json"));

        Assert.True(refused == 2 && why.Contains("--by", StringComparison.Ordinal), why);
        Assert.True(code == 0 && output.Contains("1 records", StringComparison.Ordinal) && output.Contains("--since ", StringComparison.Ordinal), output);
        Assert.False(File.Exists(Path.Combine(host.Folder, "no.json")));
        Assert.Single(Read(new VicsFormat(new VicsCategories()), Path.Combine(host.Folder, "yes.json")));
    }

    private static List<ImportRow> Read(IImportFormat format, string file) => Rows.Of(format, File.ReadAllBytes(file));

    private static Task<ExportHashes.Result> Export(EgidaHost host, string format, string file, long since = 0) => host.InScope((IServiceProvider services) =>
        services.GetRequiredService<ExportHashes>().Handle(new(services.GetServices<IExportFormat>().Single(f => f.Name == format), since, null, file, Bank.Person(7)), CancellationToken.None));

    private static Task Withdraw(EgidaHost host, HashRecordId record) => host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(3), "wrong", CancellationToken.None));

    private static async Task<string> NameOf(EgidaHost host, Role role)
    {
        var id = (await host.AddStaff(role)).Value;
        return await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == id).Select(s => s.UserName!).SingleAsync());
    }

    /// <summary>A record that a source alone confirmed.</summary>
    private static async Task OfASource(EgidaHost host, int item)
    {
        await host.InScope(async (Egida.Platform.Database.EgidaDb db) =>
        {
            db.Add(new HashSource { Id = 9, Code = "laboratory", Name = "Laboratory", Trust = Trust.Confirms });
            await db.SaveChangesAsync();
        });
        await host.InScope(async (IServiceProvider services) =>
        {
            var book = services.GetRequiredService<RecordBook>();
            var action = services.GetRequiredService<ActionBook>().Begin(Sample.Kind, Actor.System("test"), "test");
            await book.Open(action, CancellationToken.None);
            var statement = book.Begin(action, new RecordBook.Speaker(9, null));
            await book.Contribute(book.New(ItemHashes.Of(Bank.HashesOf(item)), statement), statement, Says.Known, Classification.Of("icse", "{}"), CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
    }
}
