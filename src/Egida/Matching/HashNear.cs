using System.CommandLine;
using System.Globalization;
using System.Text;
using Egida.HashSearch;

namespace Egida.Matching;

/// <summary>An operator looks PDQ codes of one list up in another: for every query all records within the radius, records and queries numbered by their
/// lines, from 0.</summary>
internal static class HashNear
{
    public static Command Command()
    {
        var list = new Option<FileInfo>("--list") { Description = "The records: 64 hexadecimal digits a line.", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "What to look up, written in the same way.", Required = true };
        var radius = new Option<int>("--radius") { Description = $"The largest number of different bits, 0 to {NearIndex.LargestRadius}.", DefaultValueFactory = _ => 31 };
        radius.Validators.Add(result =>
        {
            if (result.GetValue(radius) is < 0 or > NearIndex.LargestRadius) result.AddError($"--radius is 0 to {NearIndex.LargestRadius}.");
        });
        var csv = new Option<bool>("--csv") { Description = "Print query,record,distance with a heading." };
        var command = new Command("near", "Look PDQ codes up in a list of codes.") { list, queries, radius, csv };
        command.SetAction((parse, cancel) => Task.FromResult(
            Run(parse.GetValue(list)!.FullName, parse.GetValue(queries)!.FullName, parse.GetValue(radius), parse.GetValue(csv), Console.Out, Console.Error, cancel)));
        return command;
    }

    /// <returns>0 if every line of both files was understood, else 1.</returns>
    public static int Run(string list, string queries, int radius, bool csv, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            var (records, lines, refused) = Read(list, errors, cancel);
            using var index = NearIndex.Build(records, lines, cancel);
            var (codes, numbers, refusedQueries) = Read(queries, errors, cancel);

            if (csv) output.Write("query,record,distance\n");
            var (found, text) = (new NearMatches(), new StringBuilder());
            for (var i = 0; i < codes.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                found.Clear();
                index.FindAll(codes[i], radius, found);
                found.Sort();
                foreach (var match in found.AsSpan())
                    text.Append(Line(numbers[i], match, csv)).Append('\n');
                if (text.Length > 1 << 16) Print();
            }
            Print();
            return refused + refusedQueries == 0 ? 0 : 1;

            void Print()
            {
                output.Write(text);
                text.Clear();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static string Line(int query, NearMatch match, bool csv) =>
        csv
            ? string.Create(CultureInfo.InvariantCulture, $"{query},{match.Id},{match.Distance}")
            : string.Create(CultureInfo.InvariantCulture, $"{query,10} {match.Id,10} {match.Distance,4}");

    private static (Hash256[] Codes, int[] Lines, long Refused) Read(string file, TextWriter errors, CancellationToken cancel)
    {
        var (codes, lines) = (new List<Hash256>(), new List<int>());
        var summary = HashListFile.Read(file, HashKind.Pdq, (in HashListEntry entry) =>
        {
            codes.Add(entry.ToHash256());
            lines.Add(checked((int)(entry.Line - 1)));
        }, cancellation: cancel);
        foreach (var refusal in summary.Refusals) errors.WriteLine($"{file}: {refusal}");
        if (summary.Refused > summary.Refusals.Count) errors.WriteLine($"{file}: and {summary.Refused - summary.Refusals.Count:N0} more lines");
        return ([.. codes], [.. lines], summary.Refused);
    }
}
