using System.CommandLine;
using Egida.HashSearch;
using Egida.Match.Tool.Reports;

namespace Egida.Match.Tool.Verbs;

/// <summary>Scans files, folders and archives against a list.</summary>
internal static class ScanVerb
{
    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders to scan; mount a disk image first", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string?> s_report = new("--report") { Description = "Where to write a line about each file", HelpName = "FILE" };

    private static readonly Option<string?> s_form = new("--form") { Description = "csv, json or vics; else by the ending of the report: .csv, .json, .vics.json", HelpName = "FORM" };

    private static readonly Option<string?> s_resume = new("--resume") { Description = "Remembers how far the scan is; the same command goes on from there", HelpName = "FILE" };

    private static readonly Option<int> s_threads = new("--threads") { Description = "How many files are looked at at once", DefaultValueFactory = static _ => Environment.ProcessorCount, HelpName = "N" };

    private static readonly Option<int> s_radius = new("--radius") { Description = "How many of 256 bits may differ in pictures", DefaultValueFactory = static _ => KnownList.UsualRadius, HelpName = "N" };

    private static readonly Option<bool> s_digests = new("--digests-only") { Description = "Don't decode pictures and videos: finds exact copies alone, and needs no sandbox" };

    public static Command Command()
    {
        var list = new ListArguments();
        var command = new Command("scan", "Look every file below PATH up in a list, archives and what is in them too") { s_paths, s_report, s_form, s_resume, s_threads, s_radius, s_digests };
        list.AddTo(command);
        command.SetAction((arguments, cancel) => Failures.Report(async () =>
        {
            var request = Read(arguments);
            using var known = list.Open(arguments, TimeProvider.System);
            return await new ScanRun(request, known, TimeProvider.System).Run(Console.Out, Console.Error, !Console.IsErrorRedirected, cancel);
        }));
        return command;
    }

    private static ScanRequest Read(ParseResult arguments)
    {
        var (report, resume) = (arguments.GetValue(s_report), arguments.GetValue(s_resume));
        if (resume is not null && report is null) throw new UsageException("--resume needs --report: the report is what is gone on with.");
        var (threads, radius) = (arguments.GetValue(s_threads), arguments.GetValue(s_radius));
        if (threads is < 1 or > 256) throw new UsageException("--threads takes a number from 1 to 256.");
        if (radius is < 0 or > NearIndex.LargestRadius) throw new UsageException($"--radius takes a number from 0 to {NearIndex.LargestRadius}.");
        return new()
        {
            Paths = arguments.GetRequiredValue(s_paths),
            Report = report,
            Form = ReportForms.Of(arguments.GetValue(s_form), report),
            State = resume,
            Threads = threads,
            Radius = radius,
            Decodes = !arguments.GetValue(s_digests),
        };
    }
}
