namespace Egida.Match;

/// <summary>What a recipient takes for granted when it opens lists.</summary>
public sealed record ListTrust
{
    private const string RecipientLine = "recipient:";

    // The key by which the hotline's server knows the recipient; nothing that a list needs.
    private const string AccessLine = "access:";

    /// <summary>Who has to have signed.</summary>
    public required ListKey Key { get; init; }

    /// <summary>The key that will take its place: what it alone has signed is taken as well. A hotline gives it out before the old one ends.</summary>
    public ListKey? NextKey { get; init; }

    /// <summary>The name under which the recipient gets lists.</summary>
    public required string Recipient { get; init; }

    /// <summary>Remembers the newest list that was used, so that an old one isn't taken for new. Null: nothing is remembered.</summary>
    public SeenLists? Seen { get; init; }

    /// <summary>Says what time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads the file that a recipient gets from the hotline: the key in one line, <c>recipient: NAME</c> in another. There may be a second key, which takes the first one's place. Lines with # or <c>access:</c> are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipient">The name, if it isn't in the file.</param>
    /// <exception cref="FormatException">It isn't such a file; the message says what is wrong.</exception>
    public static ListTrust Read(string path, string? recipient = null)
    {
        var lines = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith(AccessLine, StringComparison.Ordinal)).Take(100).ToList();
        var named = lines.FindAll(line => line.StartsWith(RecipientLine, StringComparison.Ordinal));
        var keys = lines.Except(named).ToList();
        if (keys.Count is 0 or > 2 || named.Count > 1)
            throw new FormatException($"'{path}' must have one line with the key of who signs the lists, one more if it is being replaced, and at most one line 'recipient: NAME'.");

        recipient ??= named.Select(line => line[RecipientLine.Length..].Trim()).FirstOrDefault();
        return string.IsNullOrEmpty(recipient)
            ? throw new FormatException($"'{path}' doesn't say for whom the lists are: it needs a line 'recipient: NAME', with the name in your contract.")
            : new() { Key = ListKey.Parse(keys[0]), NextKey = keys.Count > 1 ? ListKey.Parse(keys[1]) : null, Recipient = recipient };
    }

    internal IEnumerable<ListKey> Keys => NextKey is null ? [Key] : [Key, NextKey];
}
