using System.Diagnostics;
using System.Globalization;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

public sealed class KilledProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_process_that_is_killed_again_and_again_loses_nothing_that_it_had_confirmed()
    {
        var random = new Random(1);
        var confirmed = -1;
        for (var kills = 0; kills < 4; kills++)
        {
            confirmed = WriteUntilKilled(confirmed + 1, random.Next(5, 60));
            using var index = LivingNearIndex.Open(_folder["index"]);
            var matches = new NearMatches();
            // The one that was under way is there as a whole or not at all.
            var newest = IdsOf(index, confirmed + 1, matches).Length > 0 ? confirmed + 1 : confirmed;
            for (var batch = 0; batch <= newest; batch++)
            {
                var first = batch * KilledWriter.BatchRecords;
                Assert.Equal(Enumerable.Range(first, batch == newest ? KilledWriter.BatchRecords : 1), IdsOf(index, batch, matches));
            }
            confirmed = newest;
        }
    }

    private static int[] IdsOf(LivingNearIndex index, int batch, NearMatches matches)
    {
        matches.Clear();
        index.FindAll(KilledWriter.HashOf(batch), 0, matches);
        return [.. Enumerable.Range(0, matches.Count).Select(i => matches[i].Id)];
    }

    /// <summary>The last batch that the process said was confirmed.</summary>
    private int WriteUntilKilled(int first, int batches)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(KilledWriter).Assembly.Location, "write", _folder["index"], first.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true })!;
        var confirmed = first - 1;
        for (var lines = 0; lines < batches && process.StandardOutput.ReadLine() is { } line; lines++) confirmed = int.Parse(line, CultureInfo.InvariantCulture);
        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var more)) confirmed = Math.Max(confirmed, more);
        process.WaitForExit();
        return confirmed;
    }
}
