using System.CommandLine;
using System.Globalization;
using Egida.Bench.Pictures;
using Egida.HashSearch;
using Egida.HashSearch.Robust;

namespace Egida.Bench.Robust;

/// <summary>
/// How many of some hundred drawn pictures are found again after each transformation: by their hash alone, with turns and
/// negatives, and by <see cref="RobustQuery"/> at three distances; what a query costs; and how often unrelated pictures match.
/// </summary>
internal static class RobustBench
{
    private const int Threshold = 31;
    private static readonly int[] s_distances = [31, RobustQuery.Default.DistanceOfMadeUp, 47];

    public static Command Command()
    {
        var records = new Option<int>("--records") { Description = "How many known pictures.", DefaultValueFactory = _ => 200 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures here, too." };
        var command = new Command("robust", "Recall of pictures after re-encoding, cropping, turning …, with and without guesses.") { records, json };
        command.SetAction(parse => Run(parse.GetValue(records), parse.GetValue(json)));
        return command;
    }

    private static void Run(int records, FileInfo? json)
    {
        var report = new Report("robust");
        Report.Step($"drawing {records} known pictures and half as many others");
        var known = new KnownPictures(Drawn.WithStructure(0, records));
        var strangers = Drawn.WithStructure(1_000_000, records / 2);
        report.Add("records", records);
        report.Add("quality_at_least", RobustQuery.Default.SmallestQuality);
        report.Add("guesses_made_up", MadeUp.Guesses.Length);
        report.Add("distance_of_made_up", RobustQuery.Default.DistanceOfMadeUp);

        foreach (var transformation in Transformation.All) Recall(transformation, known, report);
        Cost(known, strangers, report);
        foreach (var distance in s_distances) FalseMatches(distance, known, strangers, report);
        report.Save(json);
    }

    private static void Recall(Transformation transformation, KnownPictures known, Report report)
    {
        var (plain, turned, robust, wrong) = (0, 0, new int[s_distances.Length], 0);
        for (var i = 0; i < known.Count; i++)
        {
            // Darkened pictures fall under the usual quality; here it is the hash that is judged.
            var (query, all) = (transformation.Apply(known[i], i), new RobustQuery { SmallestQuality = 0 });
            if (known.Nearest(query.Pdq.Hash, Threshold)?.Id == i) plain++;
            // The first guess is the picture as it is, in all positions.
            var found = known.Find(query, all with { MostGuesses = 1 })?.Match.Id == i;
            if (found) turned++;
            // What isn't found at a larger distance isn't found at a smaller one.
            for (var d = s_distances.Length - 1; d >= 0; d--)
            {
                var match = found ? i : known.Find(query, all with { DistanceOfMadeUp = s_distances[d] })?.Match.Id;
                if (match is null) break;
                if (match == i) robust[d]++;
                else wrong++;
            }
        }
        var name = Slug(transformation.Name);
        report.Add($"recall.{name}.plain", (double)plain / known.Count);
        report.Add($"recall.{name}.turned", (double)turned / known.Count);
        for (var d = 0; d < s_distances.Length; d++) report.Add($"recall.{name}.guesses_{s_distances[d]}", (double)robust[d] / known.Count);
        if (wrong > 0) report.Add($"wrong.{name}", wrong);
    }

    private static void Cost(KnownPictures known, IReadOnlyList<Picture> strangers, Report report)
    {
        Report.Step("timing queries that find nothing, the dearest ones");
        var some = strangers.Take(20).ToList();
        var plain = Measure.Seconds(5, () => some.ForEach(picture => known.Nearest(picture.Pdq.Hash, Threshold)));
        var turned = Measure.Seconds(5, () => some.ForEach(picture => known.Find(picture, new() { MostGuesses = 1 })));
        var guesses = Measure.Seconds(5, () => some.ForEach(picture => known.Find(picture, RobustQuery.Default)));
        known.LookUps = 0;
        some.ForEach(picture => known.Find(picture, RobustQuery.Default));
        report.Add("plain_ms", 1000 * plain / some.Count);
        report.Add("turned_ms", 1000 * turned / some.Count);
        report.Add("guesses_ms", 1000 * guesses / some.Count);
        report.Add("guesses_look_ups", (double)known.LookUps / some.Count);
    }

    private static void FalseMatches(int distance, KnownPictures known, IReadOnlyList<Picture> strangers, Report report)
    {
        known.LookUps = 0;
        var found = strangers.Count(picture => known.Find(picture, new() { DistanceOfMadeUp = distance }) is not null);
        report.Add($"false_matches_{distance}", found);
        report.Add($"false_matches_{distance}_of_queries", strangers.Count);
        report.Add($"false_matches_{distance}_of_comparisons", known.LookUps * known.Count);
    }

    private static string Slug(string name) =>
        string.Join('_', name.Split([' ', ',', '%', '+'], StringSplitOptions.RemoveEmptyEntries)).ToLower(CultureInfo.InvariantCulture).Replace('-', '_');
}
