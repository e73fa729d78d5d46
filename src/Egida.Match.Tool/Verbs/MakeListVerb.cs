using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Egida.Match.Tool.Making;

namespace Egida.Match.Tool.Verbs;

/// <summary>Makes and signs a list, for a hotline without Egida's server and for trying things out.</summary>
internal static class MakeListVerb
{
    private static readonly Option<string> s_records = Needed("--records", "The records, a JSON object a line", "FILE");
    private static readonly Option<string?> s_withdrawn = new("--withdrawn") { Description = "The numbers of withdrawn records, one a line", HelpName = "FILE" };
    private static readonly Option<string> s_key = Needed("--signing-key", "The private key that make-key made", "FILE");
    private static readonly Option<string> s_name = Needed("--name", "The key's name", "NAME");
    private static readonly Option<string> s_series = Needed("--series", "Which list this is a version of, such as hotline.example/known", "NAME");
    private static readonly Option<long> s_number = new("--number") { Description = "The version", Required = true, HelpName = "N" };
    private static readonly Option<long?> s_since = new("--since") { Description = "Makes a delta that goes on from this version", HelpName = "N" };
    private static readonly Option<string> s_recipient = Needed("--recipient", "For whom it is", "NAME");
    private static readonly Option<string> s_jurisdiction = Needed("--jurisdiction", "Under whose law the classes are, such as pl", "CODE");
    private static readonly Option<int> s_days = new("--days") { Description = "For how many days it is valid", DefaultValueFactory = static _ => 30, HelpName = "N" };
    private static readonly Option<ListKinds[]> s_kinds = new("--kinds") { Description = "What the recipient is entitled to [default: all]", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> s_out = Needed("--out", "Where the list goes", "FILE");

    public static Command Command()
    {
        var command = new Command("make-list", "Make and sign a list")
        {
            s_records, s_withdrawn, s_key, s_name, s_series, s_number, s_since, s_recipient, s_jurisdiction, s_days, s_kinds, s_out,
        };
        command.SetAction(arguments => Failures.Report(() =>
        {
            using var writer = new ListWriter(Header(arguments, TimeProvider.System.GetUtcNow()));
            foreach (var record in RecordLines.Read(arguments.GetRequiredValue(s_records))) writer.Add(record);
            if (arguments.GetValue(s_withdrawn) is { } withdrawn)
                foreach (var line in File.ReadLines(withdrawn)) writer.Withdraw(long.Parse(line, CultureInfo.InvariantCulture));
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(arguments.GetRequiredValue(s_key)));
            writer.Save(arguments.GetRequiredValue(s_out), new(arguments.GetRequiredValue(s_name), key));
            Console.WriteLine($"{writer.Count:N0} records");
            return Task.FromResult(ExitCodes.NothingKnown);
        }));
        return command;
    }

    private static ListHeader Header(ParseResult arguments, DateTimeOffset now) => new()
    {
        Series = arguments.GetRequiredValue(s_series),
        Number = arguments.GetValue(s_number),
        Since = arguments.GetValue(s_since),
        // The header has whole seconds.
        Made = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
        ValidUntil = DateTimeOffset.FromUnixTimeSeconds(now.AddDays(arguments.GetValue(s_days)).ToUnixTimeSeconds()),
        Recipient = arguments.GetRequiredValue(s_recipient),
        Jurisdiction = arguments.GetRequiredValue(s_jurisdiction),
        Kinds = arguments.GetValue(s_kinds) is { Length: > 0 } kinds ? kinds.Aggregate((all, kind) => all | kind) : ListKinds.All,
    };

    private static Option<string> Needed(string name, string description, string what) => new(name) { Description = description, Required = true, HelpName = what };
}
