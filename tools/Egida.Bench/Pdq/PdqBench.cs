using System.CommandLine;
using Egida.HashSearch.Kernels;

namespace Egida.Bench.Pdq;

/// <summary>How fast pictures are hashed: one thread, medians, the oracle and a plain port of the box filter beside it.</summary>
internal static class PdqBench
{
    public static Command Command()
    {
        var json = new Option<FileInfo?>("--json") { Description = "Also write the figures to this file, as one flat object." };
        var noise = new Option<int>("--noise") { Description = "Instead, measure on so many generated pictures what the certificate assumes about rounding." };
        var command = new Command("pdq", "Pictures to PDQ hashes.") { json, noise };
        command.SetAction(parse =>
        {
            if (parse.GetValue(noise) is > 0 and var pictures) PdqNoise.Run(pictures);
            else Run(parse.GetValue(json));
        });
        return command;
    }

    private static void Run(FileInfo? json)
    {
        var report = new Report("pdq");
        report.Add("kernel", KernelRegistry.Preferred.ToString().ToLowerInvariant());
        PdqPictureSet.Measure(report, "grey_512", channels: 1);
        PdqPictureSet.Measure(report, "rgb_512", channels: 3);
        PdqLarge.Measure(report);
        PdqJpeg.Measure(report);
        PdqPeers.Measure(report);
        PdqFallback.Measure(report);
        report.Save(json);
    }
}
