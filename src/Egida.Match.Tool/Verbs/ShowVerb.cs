using System.CommandLine;

namespace Egida.Match.Tool.Verbs;

/// <summary>Checks a list and says what it is.</summary>
internal static class ShowVerb
{
    public static Command Command()
    {
        var list = new ListArguments();
        var command = new Command("show", "Check a list, and say for whom it is, how long, and what is in it");
        list.AddTo(command);
        command.SetAction(arguments => Failures.Report(() =>
        {
            using var known = list.Open(arguments, TimeProvider.System);
            foreach (var header in known.Headers)
            {
                Console.WriteLine($"{header.Series} number {header.Number}, {(header.Since is { } since ? $"a delta after number {since}" : "a full list")}");
                Console.WriteLine($"  for {header.Recipient}, classified for {header.Jurisdiction}; recognises by {header.Kinds}");
                Console.WriteLine($"  made {header.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC, valid until {header.ValidUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            }
            Console.WriteLine($"{known.Count:N0} records; complete up to number {known.Number}, answers until {known.ValidUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            return Task.FromResult(ExitCodes.NothingKnown);
        }));
        return command;
    }
}
