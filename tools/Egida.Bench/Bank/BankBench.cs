using System.CommandLine;
using System.Diagnostics;

namespace Egida.Bench.Bank;

/// <summary>
/// <c>bench bank</c>: the hash bank as it is used. A list is imported by the verb, the web process is started with TLS on loopback, a partner asks it, and a record that
/// is confirmed elsewhere is waited for. Everything runs in processes of its own, on this machine's own processors, the asking partner among them.
/// </summary>
internal static class BankBench
{
    private static readonly Option<int> s_records = new("--records") { Description = "How many items are imported.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<string> s_database = new("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<DirectoryInfo> s_folder = new("--folder") { Description = "Where everything is put; it is deleted afterwards.", DefaultValueFactory = _ => new(Path.Combine(Path.GetTempPath(), $"egida-bank-{Environment.ProcessId}")) };
    private static readonly Option<FileInfo?> s_json = new("--json") { Description = "Also write the figures into this file." };

    public static Command Command()
    {
        var command = new Command("bank", "Imports records, starts the server, asks it over HTTP with TLS, and waits for a record that is confirmed meanwhile.") { s_records, s_database, s_folder, s_json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report("bank");
            var folder = Directory.CreateDirectory(parsed.GetValue(s_folder)!.FullName).FullName;
            try
            {
                await Run(report, folder, parsed.GetValue(s_records), parsed.GetValue(s_database)!, cancellation);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
            report.Save(parsed.GetValue(s_json));
            return 0;
        });
        return command;
    }

    private static async Task Run(Report report, string folder, int records, string database, CancellationToken cancellation)
    {
        report.Add("records", (long)records);
        report.Add("database", database);
        using var postgres = database == "postgres" ? BankPostgres.Start(Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName) : null;
        var hotline = new BankHotline(Directory.CreateDirectory(Path.Combine(folder, "data")).FullName, postgres?.Connection);
        await hotline.Run(cancellation, "migrate");
        var key = await hotline.Admit(cancellation);

        Report.Step($"writing a list of {records:N0} items");
        var list = Path.Combine(folder, "list.csv");
        await BankItems.Write(list, records, cancellation);
        Report.Step("importing it");
        var begin = Stopwatch.GetTimestamp();
        await hotline.Run(cancellation, "import-hashes", "--source", BankHotline.Confirming, "--format", "list", list);
        var import = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var rows = BankItems.Rows(records);
        report.Add("import_records_per_second", rows / import);
        report.Add("import_seconds", import);
        File.Delete(list);
        report.Add("importer_table_bytes", Size(hotline.Folder, "hash-imports"));

        Report.Step("starting the server for the first time: it makes its index");
        await using (var first = await BankServer.Start(hotline, key, records, cancellation))
        {
            report.Add("first_ready_seconds", first.ReadySeconds);
        }
        report.Add("bytes_on_disk", Size(hotline.Folder, "") + (postgres?.Size() ?? 0));
        report.Add("index_bytes", Size(hotline.Folder, "hash-index"));

        Report.Step("starting it again");
        await using var server = await BankServer.Start(hotline, key, records, cancellation);
        report.Add("ready_seconds", server.ReadySeconds);
        var asking = new BankAsking(server, records);
        report.Add("near_lookups_per_second_http", await asking.Near(cancellation));
        report.Add("exact_lookups_per_second_http", await asking.Exact(cancellation));
        report.Add("single_near_lookups_per_second_http", await asking.SingleNear(cancellation));
        report.Add("single_exact_lookups_per_second_http", await asking.SingleExact(cancellation));
        Report.Step("confirming records while the server runs");
        report.Add("confirm_to_match_ms", await BankConfirming.Milliseconds(hotline, server, records, cancellation));
        report.Add("resident_mb", server.Status("VmRSS") / 1024.0);
        report.Add("resident_anonymous_mb", server.Status("RssAnon") / 1024.0);
    }

    private static long Size(string folder, string part)
    {
        var place = new DirectoryInfo(Path.Combine(folder, part));
        return place.Exists ? place.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}
