using System.CommandLine;
using Egida.HashSearch;

namespace Egida.Bench;

/// <summary><c>bench exact</c>: look-ups of digests, all found, none found and half of them, beside dictionaries and the lines merely touched.</summary>
internal static class ExactBench
{
    private const int Queries = 4_000_000;
    private const int SingleQueries = 1_000_000;
    private const int Runs = 7;
    private const long ListBytes = 256 << 20;

    // What a dictionary of .NET and its frozen copy take in memory at the same time sets this limit.
    private const int MostForPeers = 5_000_000;

    private static readonly Option<int> s_records = new("--records") { Description = "How many digests the index holds.", DefaultValueFactory = _ => 10_000_000 };
    private static readonly Option<string> s_kind = new("--kind") { Description = "md5, sha1 or sha256.", DefaultValueFactory = _ => "md5" };
    private static readonly Option<bool> s_noPeers = new("--no-peers") { Description = "Leave the dictionaries out." };
    private static readonly Option<FileInfo?> s_json = new("--json") { Description = "Also write the figures into this file." };

    public static Command Command()
    {
        var command = new Command("exact", "Looks MD5, SHA-1 or SHA-256 digests up in an exact index.") { s_records, s_kind, s_noPeers, s_json };
        command.SetAction(parsed =>
        {
            var (records, peers) = (parsed.GetValue(s_records), !parsed.GetValue(s_noPeers));
            var report = new Report("exact");
            switch (parsed.GetValue(s_kind))
            {
                case "md5": Run<Md5Hash>(report, records, peers); break;
                case "sha1": Run<Sha1Hash>(report, records, peers); break;
                case "sha256": Run<Sha256Hash>(report, records, peers); break;
                case var other: Console.Error.WriteLine($"'{other}' is no kind of digest: md5, sha1 or sha256."); return 2;
            }
            report.Save(parsed.GetValue(s_json));
            return 0;
        });
        return command;
    }

    private static void Run<TDigest>(Report report, int records, bool peers) where TDigest : unmanaged, IDigest<TDigest>
    {
        report.Add("records", (long)records);
        report.Add("kind", TDigest.Name);

        Report.Step($"making {records:N0} digests");
        using var data = new ExactData<TDigest>(records);
        Report.Step("building");
        ExactIndex<TDigest>? built = null;
        report.Add("build_seconds", Measure.Once(() => built = ExactIndex.Build(data.Digests)));
        using var index = built!;
        report.Add("bytes_per_record", (double)index.ByteLength / Math.Max(1, records));

        var (hits, misses, mixed) = (data.Hits(Queries), data.Misses(Queries), data.Mixed(Queries));
        data.RequireRight(index, hits);
        Report.Step("looking up");
        Rate(report, "lookups_per_second_batched", mixed, query => index.FindAll(query, data.Results));
        Rate(report, "hits_per_second_batched", hits, query => index.FindAll(query, data.Results));
        Rate(report, "misses_per_second_batched", misses, query => index.FindAll(query, data.Results));
        Bound(report, "touch_only_lookups_per_second", index, mixed);
        Bound(report, "touch_only_hits_per_second", index, hits);
        Bound(report, "touch_only_misses_per_second", index, misses);
        Rate(report, "lookups_per_second_single", mixed[..SingleQueries], query => OneByOne(index, query));
        Rate(report, "hits_per_second_single", hits[..SingleQueries], query => OneByOne(index, query));
        Rate(report, "misses_per_second_single", misses[..SingleQueries], query => OneByOne(index, query));

        MeasureFile(report, index, data, mixed);

        Report.Step("the filter");
        DigestFilter<TDigest>? made = null;
        report.Add("filter_build_seconds", Measure.Once(() => made = DigestFilter.Build(data.Digests)));
        var filter = made!;
        report.Add("filter_bits_per_record", 8.0 * filter.ByteLength / Math.Max(1, records));
        Rate(report, "filter_lookups_per_second", mixed[..SingleQueries], query => Count(filter, query));
        report.Add("filter_false_positive_rate", (double)misses.Count(filter.MayContain) / misses.Length);

        ExactList.Run(report, data.Digests, ListBytes);

        if (peers) ExactPeers.Run(report, data, Math.Min(records, MostForPeers), SingleQueries);
    }

    internal static void Rate<TDigest>(Report report, string name, TDigest[] queries, Action<TDigest[]> work) =>
        report.Add(name, queries.Length / Measure.Seconds(Runs, () => work(queries)));

    private static void Bound<TDigest>(Report report, string name, ExactIndex<TDigest> index, TDigest[] queries) where TDigest : unmanaged, IDigest<TDigest>
    {
        var lines = ExactBound.Lines(index, queries);
        report.Add(name, queries.Length / Measure.Seconds(Runs, () => ExactBound.Touch(lines)));
    }

    private static void OneByOne<TDigest>(ExactIndex<TDigest> index, TDigest[] queries) where TDigest : unmanaged, IDigest<TDigest>
    {
        foreach (var query in queries) s_sink += index.Find(query);
    }

    private static void MeasureFile<TDigest>(Report report, ExactIndex<TDigest> index, ExactData<TDigest> data, TDigest[] mixed)
        where TDigest : unmanaged, IDigest<TDigest>
    {
        Report.Step("saving, opening and loading");
        var path = Path.Combine(Path.GetTempPath(), $"egida-bench-{Environment.ProcessId}.egida");
        try
        {
            report.Add("save_seconds", Measure.Once(() => index.Save(path)));
            report.Add("open_ms", 1e3 * Measure.Seconds(Runs, () => ExactIndex.Open<TDigest>(path).Dispose()));
            using (var opened = ExactIndex.Open<TDigest>(path)) Rate(report, "mapped_lookups_per_second_batched", mixed, query => opened.FindAll(query, data.Results));
            report.Add("load_seconds", Measure.Once(() => ExactIndex.Load<TDigest>(path).Dispose()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Count<TDigest>(DigestFilter<TDigest> filter, TDigest[] queries) where TDigest : unmanaged, IDigest<TDigest>
    {
        foreach (var query in queries) s_sink += filter.MayContain(query) ? 1 : 0;
    }

    private static long s_sink;
}
