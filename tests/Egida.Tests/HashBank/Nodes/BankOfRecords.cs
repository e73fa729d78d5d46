using System.Diagnostics;
using Egida.HashBank;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>As many confirmed records as are asked for, brought in by the verb, which is killed some times meanwhile.</summary>
internal static class BankOfRecords
{
    private const int Kills = 3;

    public static async Task Import(EgidaHost host, int records)
    {
        if (records == 0) return;
        await host.Admit("source");
        var list = Path.Combine(host.Folder, "list.csv");
        await using (var file = new StreamWriter(list))
        {
            await file.WriteLineAsync("sha256,pdq");
            for (var item = NodesModel.FirstImported; item < NodesModel.FirstImported + records; item++)
            {
                await file.WriteLineAsync($"{Bank.HashesOf(item)[2].Value},{Bank.Look(item)}");
            }
        }

        var since = Stopwatch.StartNew();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start(host, list);
            var enough = (long)records * (kill + 1) / (Kills + 1);
            while (!process.HasExited && await Count(host) < enough) await Task.Delay(100);
            process.Kill();
            await process.WaitForExitAsync();
            Simulation.Say($"the import is killed after {await Count(host):N0} records");
        }

        using var last = Start(host, list);
        await last.WaitForExitAsync();
        Assert.Equal((0, (long)records), (last.ExitCode, await Count(host)));
        File.Delete(list);
        Simulation.Say($"{records:N0} records in {since.Elapsed.TotalSeconds:N0} s");
    }

    private static Process Start(EgidaHost host, string list) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Egida.dll"), "import-hashes", "--source", "source", "--format", "list", list, .. host.Settings.Select(s => $"--{s.Key}={s.Value}"), "--Logging:LogLevel:Default=Error"]))!;

    private static Task<long> Count(EgidaHost host) => host.Read(db => db.Set<HashRecord>().LongCountAsync(r => r.State == HashRecordState.Confirmed));
}
