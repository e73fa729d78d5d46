using System.CommandLine;
using System.Diagnostics;
using Egida.HashSearch;

namespace Egida.Bench;

/// <summary><c>bench near</c>: range search over 256-bit codes, beside the same lines merely touched, and beside FAISS as HMA uses it.</summary>
internal static class NearBench
{
    private const int Queries = 4_000;
    private const int Compared = 48;
    private const int Runs = 7;
    private const int Builds = 3;
    private const long MostReads = 30_000_000;

    private static readonly Option<int> s_records = new("--records") { Description = "How many codes the index holds.", DefaultValueFactory = _ => 10_000_000 };
    private static readonly Option<int> s_radius = new("--radius") { Description = "0 to 47.", DefaultValueFactory = _ => 31 };
    private static readonly Option<string> s_data = new("--data") { Description = "uniform, clustered or correlated.", DefaultValueFactory = _ => "uniform" };
    private static readonly Option<int> s_peerRecords = new("--peer-records") { Description = "How many codes FAISS gets; 0 leaves it out.", DefaultValueFactory = _ => 10_000_000 };
    private static readonly Option<FileInfo?> s_json = new("--json") { Description = "Also write the figures into this file." };

    public static Command Command()
    {
        var command = new Command("near", "Finds all codes within a radius.") { s_records, s_radius, s_data, s_peerRecords, s_json };
        command.SetAction(parsed =>
        {
            var (records, radius, data) = (parsed.GetValue(s_records), parsed.GetValue(s_radius), parsed.GetValue(s_data)!);
            var report = new Report("near");
            report.Add("records", (long)records);
            report.Add("radius", (long)radius);
            report.Add("data", data);
            Report.Step($"making {records:N0} codes");
            using var codes = Codes.Of(data, records);
            Run(report, codes, radius);
            if (Math.Min(parsed.GetValue(s_peerRecords), records) is > 0 and var peerRecords) FaissPeer.Run(report, codes.Span[..peerRecords], radius);
            report.Save(parsed.GetValue(s_json));
        });
        return command;
    }

    /// <summary>Half of them far from every code, half of them up to 47 bits from one.</summary>
    public static Hash256[] QueriesFor(ReadOnlySpan<Hash256> codes, int count)
    {
        var (random, queries) = (new Random(3), new Hash256[count]);
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(queries.AsSpan()));
        for (var i = 0; i < count; i += 2) queries[i] = Codes.Flipped(codes[random.Next(codes.Length)], i / 2 % 48, random);
        return queries;
    }

    private static void Run(Report report, Codes codes, int radius)
    {
        Report.Step("building");
        // Some systems, virtual machines above all, take as long to hand out memory for the first time as the building itself: the first is told apart.
        NearIndex? built = null;
        var builds = new double[Builds];
        for (var i = 0; i < Builds; i++)
        {
            built?.Dispose();
            builds[i] = Measure.Once(() => built = NearIndex.Build(codes.Span));
        }
        report.Add("build_seconds", Measure.Percentile([.. builds], 50));
        report.Add("build_seconds_first", builds[0]);
        using var index = built!;
        report.Add("bytes_per_record", (double)index.Bytes / codes.Count);
        report.Add("kernel", index.Kernel);

        Report.Step("searching");
        var queries = QueriesFor(codes.Span, Queries);
        var (found, times) = (new NearMatches(), new double[Queries]);
        var seconds = Measure.Seconds(Runs, () => Search(index, queries, radius, found));
        report.Add("queries_per_second", Queries / seconds);
        report.Add("queries_per_second_in_batches_of_8", Queries / Measure.Seconds(Runs, () =>
        {
            for (var i = 0; i < Queries; i += 8)
            {
                found.Clear();
                index.FindAll(queries.AsSpan(i, 8), radius, found);
            }
        }));
        var behind = Behind(index, queries, radius);
        var touch = Measure.Seconds(Runs, () => Touch(index, queries, radius, behind)) / behind.Count;
        report.Add("touch_only_queries_per_second", 1 / touch);
        report.Add("share_of_touch_only", touch / (seconds / Queries));
        // Without what a search learns of on its way: less than it has to read.
        var planned = new nuint[behind.Count][][];
        report.Add("touch_planned_lines_only_queries_per_second", behind.Count / Measure.Seconds(Runs, () => Touch(index, queries, radius, planned)));
        for (var i = 0; i < Queries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            found.Clear();
            index.FindAll(queries[i], radius, found);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        report.Add("p50_us", Measure.Percentile(times, 50));
        report.Add("p99_us", Measure.Percentile(times, 99));
        report.Add("lines_per_query", (long)index.Parts.Sum(part => part.Plans[radius].Lines));
        report.Add("reads_behind_lines_per_query", behind.Average(query => query.Sum(part => part.Length)));
        report.Add("known_at_all_per_second", Queries / Measure.Seconds(Runs, () => Array.ForEach(queries, query => index.FindAny(query, radius))));
        report.Add("queries_per_second_two_threads", 2 * Queries / Measure.Seconds(Runs, () => Parallel.For(0, 2, new() { MaxDegreeOfParallelism = 2 },
            _ => Search(index, queries, radius, new NearMatches()))));

        Report.Step("comparing with every code");
        report.Add("recall", Recall(index, codes.Span, queries.AsSpan(0, Compared), radius));
        Report.Step("saving and opening");
        Open(report, index, queries, radius);
    }

    private static void Search(NearIndex index, Hash256[] queries, int radius, NearMatches found)
    {
        foreach (var query in queries)
        {
            found.Clear();
            index.FindAll(query, radius, found);
        }
    }

    // Near a crowd that is a hundred thousand reads a query: of as many queries as there is room for.
    private static List<nuint[][]> Behind(NearIndex index, Hash256[] queries, int radius)
    {
        var (behind, reads) = (new List<nuint[][]>(), 0L);
        for (var i = 0; i < queries.Length && reads < MostReads; i++)
        {
            behind.Add(index.BehindLines(queries[i], radius));
            reads += behind[i].Sum(part => part.Length);
        }
        return behind;
    }

    private static void Touch(NearIndex index, Hash256[] queries, int radius, IReadOnlyList<nuint[][]?> behind)
    {
        for (var i = 0; i < behind.Count; i++) index.Touch(queries[i], radius, behind[i]);
    }

    private static double Recall(NearIndex index, ReadOnlySpan<Hash256> codes, ReadOnlySpan<Hash256> queries, int radius)
    {
        var (all, both) = (0L, 0L);
        var found = new NearMatches();
        foreach (var query in queries)
        {
            found.Clear();
            index.FindAll(query, radius, found);
            var ids = found.AsSpan().ToArray().Select(match => match.Id).ToHashSet();
            if (ids.Count != found.Count) throw new InvalidOperationException("A record was found twice.");
            for (var i = 0; i < codes.Length; i++)
            {
                if (query.Distance(codes[i]) > radius) continue;
                all++;
                if (ids.Remove(i)) both++;
            }
            if (ids.Count > 0) throw new InvalidOperationException("A record was found that isn't within the radius.");
        }
        return all == 0 ? 1 : (double)both / all;
    }

    private static void Open(Report report, NearIndex index, Hash256[] queries, int radius)
    {
        var folder = Directory.CreateTempSubdirectory("egida-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "codes.near");
            report.Add("save_seconds", Measure.Once(() => index.Save(path)));
            report.Add("open_ms", 1000 * Measure.Seconds(Runs, () => NearIndex.Open(path).Dispose()));
            using var opened = NearIndex.Open(path);
            report.Add("populate_seconds", Measure.Once(() => opened.Populate()));
            report.Add("queries_per_second_mapped", queries.Length / Measure.Seconds(3, () => Search(opened, queries, radius, new NearMatches())));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
