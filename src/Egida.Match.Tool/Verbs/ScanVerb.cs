using System.CommandLine;
using Egida.HashSearch;
using Egida.Match.Tool.Lookups;
using Egida.Match.Tool.Reports;
using Egida.Match.Tool.Servers;

namespace Egida.Match.Tool.Verbs;

/// <summary>Scans files, folders and archives against a list, or at a hotline's server.</summary>
internal static class ScanVerb
{
    private static readonly Argument<string[]> s_paths = new("PATH") { Description = "Files and folders to scan; mount a disk image first", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string?> s_report = new("--report") { Description = "Where to write a line about each file", HelpName = "FILE" };

    private static readonly Option<string?> s_form = new("--form") { Description = "csv, json or vics; else by the ending of the report: .csv, .json, .vics.json", HelpName = "FORM" };

    private static readonly Option<string?> s_resume = new("--resume") { Description = "Remembers how far the scan is; the same command goes on from there", HelpName = "FILE" };

    private static readonly Option<int> s_threads = new("--threads") { Description = "How many files are looked at at once", DefaultValueFactory = static _ => Environment.ProcessorCount, HelpName = "N" };

    private static readonly Option<int> s_radius = new("--radius") { Description = "How many of 256 bits may differ in pictures", DefaultValueFactory = static _ => KnownList.UsualRadius, HelpName = "N" };

    private static readonly Option<bool> s_digests = new("--digests-only") { Description = "Don't decode pictures and videos: finds exact copies alone, and needs no sandbox" };

    private static readonly Option<string?> s_server = new("--server") { Description = "Ask the hotline's server instead of a list; the key file then has a line 'access: …'", HelpName = "URL" };

    private static readonly Option<string> s_purpose = new("--purpose") { Description = "What the server is asked for, as in your contract", DefaultValueFactory = static _ => "upload-check", HelpName = "WORD" };

    public static Command Command()
    {
        var list = new ListArguments(listIsRequired: false);
        var command = new Command("scan", "Look every file below PATH up, archives and what is in them too") { s_paths, s_report, s_form, s_resume, s_threads, s_radius, s_digests, s_server, s_purpose };
        list.AddTo(command);
        command.SetAction((arguments, cancel) => Failures.Report(async () =>
        {
            var request = Read(arguments);
            if (arguments.GetValue(s_server) is { } address)
            {
                if (arguments.GetValue(list.Lists) is { Length: > 0 }) throw new UsageException("--server and --list exclude each other: files are looked up there or here.");
                using var server = new HotlineServer(ServerAccess.Read(address, arguments.GetRequiredValue(list.Key)), TimeProvider.System);
                await using var lookups = await ServerLookups.Open(server, arguments.GetRequiredValue(s_purpose), request.Radius, cancel);
                return await new ScanRun(request, lookups, TimeProvider.System).Run(Console.Out, Console.Error, !Console.IsErrorRedirected, cancel);
            }
            using var known = list.Open(arguments, TimeProvider.System);
            return await new ScanRun(request, new ListLookups(known), TimeProvider.System).Run(Console.Out, Console.Error, !Console.IsErrorRedirected, cancel);
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
