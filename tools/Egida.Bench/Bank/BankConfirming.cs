extern alias egida;

using System.Diagnostics;
using egida::Egida.HashBank;
using egida::Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Bench.Bank;

/// <summary>Records that a source proposes and a person confirms, in another process than the one that is asked until it knows them.</summary>
internal static class BankConfirming
{
    private const int Items = 9;

    /// <summary>Median from the commit of the confirmation to the end of the first answer that has it.</summary>
    public static async Task<double> Milliseconds(BankHotline hotline, BankServer server, int records, CancellationToken cancellation)
    {
        var list = Path.Combine(hotline.Folder, "proposed.txt");
        await File.WriteAllLinesAsync(list, Enumerable.Range(0, Items).Select(i => Convert.ToHexStringLower(BankItems.Sha1(-1 - i))), cancellation);
        await hotline.Run(cancellation, "import-hashes", "--source", BankHotline.Proposing, "--format", "list", list);
        using var host = hotline.Host();
        var times = new double[Items];
        for (var i = 0; i < Items; i++)
        {
            var sha1 = BankItems.Sha1(-1 - i);
            var record = new HashRecordId(records + 1 + i);
            var found = await BankHotline.InScope(host, (EgidaDb db) => db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == record, cancellation));
            if (!found.Sha1.AsSpan().SequenceEqual(sha1) || await Matches(server, -1 - i, cancellation)) throw new InvalidOperationException("The proposed record isn't as it should be.");
            await BankHotline.InScope(host, (ConfirmHashRecord confirm) => confirm.Handle(record, BankHotline.Officer, cancellation));
            var begin = Stopwatch.GetTimestamp();
            while (!await Matches(server, -1 - i, cancellation)) await Task.Delay(1, cancellation);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
        return Measure.Percentile(times, 50);
    }

    private static async Task<bool> Matches(BankServer server, int item, CancellationToken cancellation)
    {
        using var answer = await server.Partner.PostAsync("api/v1/match", BankAsking.Content([BankAsking.Sha1(item)]), cancellation);
        return BankAsking.Matches(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation)) == 1;
    }
}
