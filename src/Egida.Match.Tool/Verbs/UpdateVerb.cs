using System.CommandLine;
using Egida.Match.Tool.Servers;

namespace Egida.Match.Tool.Verbs;

/// <summary>Fetches the newest lists from the hotline's server.</summary>
internal static class UpdateVerb
{
    private static readonly Option<string> s_server = new("--server") { Description = "The hotline's address, such as https://hotline.example", Required = true, HelpName = "URL" };
    private static readonly Option<string> s_into = new("--into") { Description = "Where lists are kept, each in a folder of its name", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string[]> s_names = new("--name") { Description = "Which lists [default: all that you are entitled to]", HelpName = "NAME" };

    public static Command Command()
    {
        var list = new ListArguments(listIsRequired: false);
        var command = new Command("update", "Fetch the newest lists from the hotline and check them; what is older than what was used, expired or signed by somebody else is refused")
        {
            s_server, s_into, s_names, list.Key, list.Recipient, list.Seen,
        };
        command.SetAction((arguments, cancel) => Failures.Report(async () =>
        {
            var trust = list.Trust(arguments, TimeProvider.System);
            using var server = new HotlineServer(ServerAccess.Read(arguments.GetRequiredValue(s_server), arguments.GetRequiredValue(list.Key)), TimeProvider.System);
            return await Run(server, trust, arguments.GetRequiredValue(s_into), arguments.GetValue(s_names) ?? [], Console.Out, cancel);
        }));
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> Run(HotlineServer server, ListTrust trust, string into, IReadOnlyCollection<string> names, TextWriter output, CancellationToken cancel)
    {
        using var json = await server.Get("api/v1/lists", cancel);
        var offered = OfferedList.Read(json.RootElement) ?? throw new UsageException($"'{server.Address}' doesn't answer as a hotline's server does. Check the address.");
        var wanted = offered.Where(list => names.Count == 0 || names.Contains(list.Name)).ToList();
        if (wanted.Count == 0) throw new UsageException(names.Count == 0 ? "the hotline has no list for you." : $"the hotline has no list '{string.Join("', '", names)}' for you.");
        foreach (var list in wanted)
        {
            var (known, isNew) = await new ListUpdate(server, trust).Run(list, new(Path.Combine(into, list.Name)), cancel);
            using (known) output.WriteLine($"{list.Name}: number {known.Headers[0].Number}, {known.Count:N0} records, answers until {known.ValidUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(isNew ? "" : "; nothing newer")}");
        }
        if (wanted[0].KeyEnds is { } ends && trust.NextKey is null) await Console.Error.WriteLineAsync($"egida-match: {ends}. Ask the hotline for its new key.");
        return ExitCodes.NothingKnown;
    }
}
