using System.CommandLine;
using System.Globalization;
using Egida.Platform.Verbs;

namespace Egida.HashBank.Imports;

/// <summary>`egida import-hashes --source CODE --format NAME [--dry-run] [--report FILE] FILE…`.</summary>
internal static class ImportHashesVerb
{
    /// <summary>A file couldn't be read to its end, or can't be begun.</summary>
    private const int Failed = 1;
    private const int BadInput = 2;

    /// <summary>Everything that made sense is in, but rows were refused: the report names them.</summary>
    private const int SomeRefused = 4;

    /// <summary>It would take back more than a source usually does and waits for a person.</summary>
    private const int Held = 5;

    public static Command Command()
    {
        Option<string> source = new("--source") { Description = "The code of the source whose hashes these are, as it was admitted.", Required = true };
        Option<string> format = new("--format") { Description = "The form of the files: list, md5-list, sha1-list, sha256-list, pdq-list …", Required = true };
        Option<bool> dry = new("--dry-run") { Description = "Say what would change, and change nothing." };
        Option<FileInfo?> report = new("--report") { Description = "Where to put the list of refused rows, as CSV. It is kept with the import anyway." };
        Argument<string[]> files = new("FILE") { Description = "Files, plain or packed with gzip or zip (one file in it).", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import-hashes", "Take the hashes of a source into the bank. Stopped or killed, the same command goes on where it was; done again, it changes nothing.")
        {
            source, format, dry, report, files,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            // After the files come settings, which aren't files.
            var given = parse.GetValue(files)!.ToList();
            var settings = given.Where(f => f.StartsWith("--", StringComparison.Ordinal) && f.Contains('=')).ToList();
            using var host = WorkVerb.Build(Installation.OrDemo([.. settings]));
            await Installation.Require(host.Services, cancellation);
            var formats = host.Services.GetServices<IImportFormat>().ToDictionary(f => f.Name);
            if (!formats.TryGetValue(parse.GetValue(format)!, out var form))
            {
                return Refuse($"There is no format '{parse.GetValue(format)}'. There are: {string.Join(", ", formats.Keys.Order(StringComparer.Ordinal))}.");
            }

            var paths = given.Except(settings).ToList();
            if (paths.Count == 0 || paths.Find(path => !File.Exists(path)) is not null)
            {
                return Refuse(paths.Count == 0 ? "Name a file to import." : $"There is no file {paths.Find(path => !File.Exists(path))}.");
            }

            var code = 0;
            foreach (var path in paths)
            {
                code = Math.Max(code, await Import(host.Services, path, parse.GetValue(source)!, form, parse.GetValue(dry), parse.GetValue(report), cancellation));
            }

            return code;
        });
        return command;
    }

    private static async Task<int> Import(IServiceProvider services, string path, string source, IImportFormat format, bool isDry, FileInfo? copy, CancellationToken cancellation)
    {
        using var file = ImportFile.Open(path);
        var progress = new ImportProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        try
        {
            var run = await services.GetRequiredService<Importer>().Run(
                new ImportOrder(source, format.Name, file.Name, file.Fingerprint, file.Length, Rows(format, file), () => file.Position) { IsDry = isDry, Mark = file.Mark }, progress.Report, cancellation);
            progress.End();
            return Say(run, isDry, Report(services, run, isDry, copy));
        }
        catch (ImportImpossibleException e)
        {
            return Refuse(e.Message);
        }
        catch (OperationCanceledException)
        {
            progress.End();
            Console.Error.WriteLine(isDry ? "Stopped. Nothing was changed." : $"{file.Name}: stopped. The same command goes on where it was.");
            throw;
        }
    }

    /// <summary>An archive is opened when its first row is asked for, on the thread that reads.</summary>
    private static IEnumerable<ImportRow> Rows(IImportFormat format, ImportFile file)
    {
        foreach (var row in format.Read(file.Content()))
        {
            yield return row;
        }
    }

    private static string Report(IServiceProvider services, ImportRun run, bool isDry, FileInfo? copy)
    {
        var kept = services.GetRequiredService<ImportReports>().PathOf(run.Id);
        if (copy is not null)
        {
            File.Copy(kept, copy.FullName, overwrite: true);
        }

        if (isDry)
        {
            File.Delete(kept);
        }

        return copy?.FullName ?? (isDry ? "--report FILE names them" : kept);
    }

    private static int Say(ImportRun run, bool isDry, string report)
    {
        var counts = run.Counts;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Name}: {counts.Rows:#,0} rows{(isDry ? ", as it would be" : "")}"));
        foreach (var (name, count) in new[]
        {
            ("new", counts.New), ("joined", counts.Joined), ("completed", counts.Completed), ("contradicting", counts.Contradicting), ("taken back", counts.TakenBack), ("same", counts.Same), ("refused", counts.Refused),
        })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-14}{count,15:#,0}"));
        }

        if (counts.Refused > 0) Console.WriteLine($"  refused rows: {report}");
        if (counts.ChangesNothing) Console.WriteLine("  Everything in it was on record already: nothing changed.");
        switch (run.State)
        {
            case ImportState.Held:
                Console.Error.WriteLine("egida: This import takes back more than the source usually does. It waits for a person, on the page Imports; then the same command goes on.");
                return Held;
            case ImportState.Abandoned:
                Console.Error.WriteLine("egida: It was decided that this import doesn't go on.");
                return Held;
            case ImportState.Broken:
                Console.Error.WriteLine($"egida: {run.Problem}");
                return Failed;
            default:
                return counts.Refused > 0 ? SomeRefused : 0;
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"egida: {why}");
        return BadInput;
    }
}
