using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Egida.HashSearch;
using Egida.HashSearch.Living;

namespace Egida.Bench;

/// <summary><c>bench living</c>: an index that is added to and compacted while it is searched.</summary>
internal static class LivingBench
{
    private const int Radius = 31;
    private const int Queries = 20_000;
    private const int BatchRecords = 65_536;

    private static readonly Option<int> s_records = new("--records") { Description = "How many records the index holds to begin with.", DefaultValueFactory = _ => 4_000_000 };
    private static readonly Option<int> s_adds = new("--adds") { Description = "How many are added.", DefaultValueFactory = _ => 2_000_000 };
    private static readonly Option<DirectoryInfo> s_folder = new("--folder") { Description = "Where the index is put; it is deleted afterwards.", DefaultValueFactory = _ => new(Path.Combine(Path.GetTempPath(), $"egida-living-{Environment.ProcessId}")) };
    private static readonly Option<FileInfo?> s_json = new("--json") { Description = "Also write the figures into this file." };

    public static Command Command()
    {
        var command = new Command("living", "Adds to, searches and compacts a living index, all at the same time.") { s_records, s_adds, s_folder, s_json };
        command.SetAction(parsed =>
        {
            var report = new Report("living");
            var folder = parsed.GetValue(s_folder)!;
            try
            {
                Run(report, folder.FullName, parsed.GetValue(s_records), parsed.GetValue(s_adds));
            }
            finally
            {
                if (folder.Exists || Directory.Exists(folder.FullName)) Directory.Delete(folder.FullName, recursive: true);
            }
            report.Save(parsed.GetValue(s_json));
        });
        return command;
    }

    private static void Run(Report report, string folder, int records, int adds)
    {
        report.Add("records", (long)records);
        report.Add("radius", (long)Radius);
        report.Add("batch_records", (long)BatchRecords);
        MemtableAlone(report, Hashes(1 << 20, seed: 1));

        using (var index = LivingNearIndex.Open(folder))
        {
            Import(report, index, records);
            Report.Step($"adding {adds:N0} records");
            var added = Hashes(adds, seed: 3);
            report.Add("adds_with_log_per_second", adds / Measure.Once(() => Add(index, added, records)));
            while (index.Status.InMemory > 1 << 19) Thread.Yield();
            report.Add("segments_after_adds", index.Status.Segments);
        }
        Open(report, folder);
        using (var index = LivingNearIndex.Open(folder))
        {
            index.Populate();
            Searches(report, index, records + adds);
        }
        report.Add("bytes_per_record", (double)new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / (records + adds));
    }

    private static void MemtableAlone(Report report, Hash256[] hashes)
    {
        Report.Step("adding to a memtable");
        var seconds = Measure.Seconds(3, () =>
        {
            var memtable = new Memtable(1, hashes.Length);
            memtable.Hold();
            for (var i = 0; i < hashes.Length;)
            {
                for (var end = Math.Min(hashes.Length, i + BatchRecords); i < end; i++) memtable.Add(hashes[i], i, i + 1);
                memtable.Publish();
            }
            memtable.LetGo();
        });
        report.Add("adds_per_second", hashes.Length / seconds);
    }

    private static void Import(Report report, LivingNearIndex index, int records)
    {
        Report.Step($"importing {records:N0} records");
        var hashes = Hashes(records, seed: 2);
        var ids = Enumerable.Range(0, records).ToArray();
        report.Add("import_seconds", Measure.Once(() => index.Import(hashes, ids)));
    }

    private static void Add(LivingNearIndex index, ReadOnlySpan<Hash256> hashes, int firstId)
    {
        var changes = new NearChanges();
        for (var i = 0; i < hashes.Length;)
        {
            changes.Clear();
            for (var end = Math.Min(hashes.Length, i + BatchRecords); i < end; i++) changes.Add(hashes[i], firstId + i);
            index.Make(changes);
        }
    }

    private static void Open(Report report, string folder)
    {
        // The first time its code is compiled, too; a process opens an index once.
        var times = new double[9];
        for (var i = 0; i < times.Length; i++) times[i] = Measure.Once(() => LivingNearIndex.Open(folder, new() { CompactsInBackground = false }).Dispose());
        report.Add("open_first_ms", times[0] * 1e3);
        report.Add("open_ms", Measure.Percentile(times, 50) * 1e3);
    }

    private static void Searches(Report report, LivingNearIndex index, int nextId)
    {
        var queries = Hashes(Queries, seed: 4);
        Latencies(queries, index, () => false);
        Report.Step("searching, quiet");
        Percentiles(report, "quiet", Latencies(queries, index, () => false));

        Report.Step("searching while records are added");
        using (var stop = new CancellationTokenSource())
        {
            var adding = Task.Run(() => AddSteadily(index, nextId, stop.Token));
            Percentiles(report, "while_adding", Latencies(queries, index, () => false));
            stop.Cancel();
            report.Add("added_meanwhile_per_second", adding.Result);
        }

        Report.Step("searching during compaction");
        var compacting = Task.Run(() => Measure.Once(() => index.Compact()));
        Percentiles(report, "during_compaction", Latencies(queries, index, () => !compacting.IsCompleted));
        report.Add("compaction_seconds", compacting.Result);

        Report.Step("searching, compacted");
        Percentiles(report, "compacted", Latencies(queries, index, () => false));
    }

    /// <summary>Batches of 256, about a hundred thousand records a second.</summary>
    private static double AddSteadily(LivingNearIndex index, int nextId, CancellationToken stop)
    {
        var random = Hashes(1 << 16, seed: 5);
        var changes = new NearChanges();
        var begin = Stopwatch.GetTimestamp();
        var added = 0;
        while (!stop.IsCancellationRequested)
        {
            changes.Clear();
            for (var i = 0; i < 256; i++) changes.Add(random[added % random.Length], nextId + added++);
            index.Make(changes);
            while (added / Stopwatch.GetElapsedTime(begin).TotalSeconds > 100_000 && !stop.IsCancellationRequested) Thread.Yield();
        }
        return added / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>Microseconds of each query: all of them once, and again while there is reason to.</summary>
    private static List<double> Latencies(Hash256[] queries, LivingNearIndex index, Func<bool> goOn)
    {
        var matches = new NearMatches();
        var latencies = new List<double>(queries.Length);
        do
        {
            foreach (var query in queries)
            {
                var begin = Stopwatch.GetTimestamp();
                matches.Clear();
                index.FindAll(query, Radius, matches);
                latencies.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
            }
        }
        while (goOn());
        return latencies;
    }

    private static void Percentiles(Report report, string when, List<double> latencies)
    {
        var values = latencies.ToArray();
        report.Add($"p50_us_{when}", Measure.Percentile(values, 50));
        report.Add($"p99_us_{when}", Measure.Percentile(values, 99));
    }

    private static Hash256[] Hashes(int count, int seed)
    {
        var hashes = new Hash256[count];
        var random = new Random(seed);
        // A span of bytes can't be longer than two gigabytes.
        for (var at = 0; at < count; at += 1 << 20) random.NextBytes(MemoryMarshal.AsBytes(hashes.AsSpan(at, Math.Min(1 << 20, count - at))));
        return hashes;
    }
}
