using System.CommandLine;
using Egida.HashSearch;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Opaque;

namespace Egida.Bench;

/// <summary>
/// <c>bench opaque</c>: vectors of 144 bytes within a distance, by comparing all and by sketches, one query and many, beside the time that
/// merely reading the bytes takes.
/// </summary>
internal static class OpaqueBench
{
    private const int Batch = 32;
    private const int Runs = 5;

    // Shares of the typical distance between two records: thresholds of a strict, a usual and a lax kind.
    private static readonly int[] s_percent = [5, 10, 20, 40];

    private static readonly Option<int> s_records = new("--records") { Description = "How many vectors the index holds.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<FileInfo?> s_json = new("--json") { Description = "Also write the figures into this file." };

    public static Command Command()
    {
        var command = new Command("opaque", "Finds 144-byte vectors within a distance.") { s_records, s_json };
        command.SetAction(parsed =>
        {
            var report = new Report("opaque");
            Run(report, parsed.GetValue(s_records));
            report.Save(parsed.GetValue(s_json));
        });
        return command;
    }

    private static void Run(Report report, int records)
    {
        report.Add("records", (long)records);
        report.Add("kernel", KernelRegistry.Preferred.ToString().ToLowerInvariant());
        Report.Step("making vectors");
        var vectors = OpaqueData.Vectors(records, seed: 1);
        var queries = OpaqueData.Queries(vectors, Batch);
        OpaqueIndex? built = null;
        report.Add("build_seconds", Measure.Once(() => built = OpaqueIndex.Build(vectors)));
        using var index = built!;
        report.Add("bytes_per_record", (double)index.ByteLength / Math.Max(1, records));
        report.Add("read_all_ms", 1e3 * Measure.Seconds(Runs, () => OpaqueBound.ReadVectors(index)));
        report.Add("read_sketches_ms", 1e3 * Measure.Seconds(Runs, () => OpaqueBound.ReadSketches(index)));

        foreach (var metric in Enum.GetValues<OpaqueMetric>())
        {
            var name = metric.ToString().ToLowerInvariant();
            var typical = OpaqueData.TypicalDistance(vectors, metric);
            report.Add($"{name}_typical", (long)typical);
            foreach (var percent in s_percent) Run(report, index, queries, metric, $"{name}_{percent}_percent", Threshold(metric, typical, percent));
        }
        report.Add("recall", Recall(index, queries));
    }

    // A share of the distance itself, also where its square is computed.
    private static int Threshold(OpaqueMetric metric, int typical, int percent) =>
        metric == OpaqueMetric.L1 ? typical * percent / 100 : (int)((long)typical * percent * percent / 10_000);

    private static void Run(Report report, OpaqueIndex index, OpaqueVector144[] queries, OpaqueMetric metric, string name, int threshold)
    {
        var matches = new List<OpaqueMatch>();
        foreach (var way in Enum.GetValues<OpaqueWay>())
        {
            void Search(ReadOnlySpan<OpaqueVector144> some) => index.Search(some, metric, threshold, matches, 1_000_000, KernelRegistry.Preferred, way);
            var said = way switch { OpaqueWay.All => "all", OpaqueWay.BySketch => "sketch", _ => "estimate" };
            report.Add($"{name}_{said}_single_ms", 1e3 * Measure.Seconds(Runs, () => Search(queries.AsSpan(0, 1))));
            report.Add($"{name}_{said}_batch_ms_per_query", 1e3 * Measure.Seconds(Runs, () => Search(queries)) / queries.Length);
        }
    }

    /// <summary>The share of what the oracle finds, over some queries; 0 if anything else is found.</summary>
    private static double Recall(OpaqueIndex index, OpaqueVector144[] queries)
    {
        var (expected, found) = (new List<OpaqueMatch>(), new List<OpaqueMatch>());
        index.Search(queries.AsSpan(0, 4), OpaqueMetric.L1, 800, expected, 1_000_000, Kernel.Scalar, OpaqueWay.All);
        index.Search(queries.AsSpan(0, 4), OpaqueMetric.L1, 800, found);
        return expected.Count > 0 && found.All(expected.Contains) ? (double)found.Count / expected.Count : 0;
    }
}
