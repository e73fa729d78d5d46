using System.CommandLine;
using Egida.Match.Tool.Servers;

namespace Egida.Match.Tool.Verbs;

/// <summary>The options by which a list is named, the same for all verbs.</summary>
internal sealed class ListArguments(bool listIsRequired = true)
{
    public Option<string[]> Lists { get; } = new("--list")
    {
        Description = "A list from the hotline; give deltas with it, each with --list, in any order. Or the folder that 'update' keeps",
        Required = listIsRequired,
        HelpName = "FILE",
    };

    public Option<string> Key { get; } = new("--key") { Description = "The file with the hotline's key and your name", Required = true, HelpName = "FILE" };

    public Option<string?> Recipient { get; } = new("--recipient") { Description = "Your name, if it isn't in the key file", HelpName = "NAME" };

    public Option<string?> Seen { get; } = new("--seen")
    {
        Description = "Where to remember which lists were used, so that an old one isn't taken for new [default: egida-match/seen-lists below XDG_STATE_HOME or ~/.local/state]",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Lists);
        command.Options.Add(Key);
        command.Options.Add(Recipient);
        command.Options.Add(Seen);
    }

    /// <exception cref="ListRefusedException">The list can't be used.</exception>
    public KnownList Open(ParseResult arguments, TimeProvider clock)
    {
        if (arguments.GetValue(Lists) is not { Length: > 0 } lists) throw new UsageException("--list FILE says which list to look up in.");
        return KnownList.Open(Trust(arguments, clock), [.. lists.SelectMany(ListFolder.FilesOf)]);
    }

    public ListTrust Trust(ParseResult arguments, TimeProvider clock) =>
        ListTrust.Read(arguments.GetRequiredValue(Key), arguments.GetValue(Recipient)) with { Clock = clock, Seen = new SeenLists(arguments.GetValue(Seen) ?? UsualPlace()) };

    private static string UsualPlace()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "egida-match", "seen-lists");
    }
}
