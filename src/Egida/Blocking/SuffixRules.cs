using System.Globalization;
using System.Text;

namespace Egida.Blocking;

/// <summary>
/// Below which names others register theirs: Mozilla's public suffix list, its private part too (hosting platforms are in it). Besides asking whether a name is a suffix,
/// blocking asks whether there is one below: <c>platform.example</c> isn't on the list if only <c>sites.platform.example</c> is.
/// </summary>
internal sealed class SuffixRules
{
    /// <summary>Of Debian's package publicsuffix.</summary>
    public const string DefaultPath = "/usr/share/publicsuffix/public_suffix_list.dat";

    private readonly HashSet<string> rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> below = new(StringComparer.Ordinal);
    private readonly HashSet<string> anyBelow = new(StringComparer.Ordinal);
    private readonly HashSet<string> exceptions = new(StringComparer.Ordinal);

    private SuffixRules()
    {
    }

    /// <returns>Null if the file isn't there or has no rules: then nothing may be decided by it.</returns>
    public static SuffixRules? Read(string path) => File.Exists(path) && Of(File.ReadLines(path, Encoding.UTF8)) is { rules.Count: > 100 } read ? read : null;

    internal static SuffixRules Of(IEnumerable<string> lines)
    {
        var (read, idn) = (new SuffixRules(), new IdnMapping());
        foreach (var line in lines.Select(l => l.Split(' ', '\t')[0].Trim()).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal)))
        {
            var (kind, name) = line switch
            {
                ['!', .. var rest] => (read.exceptions, rest),
                ['*', '.', .. var rest] => (read.anyBelow, rest),
                _ => (read.rules, line),
            };
            var ascii = idn.GetAscii(name).ToLowerInvariant();
            kind.Add(ascii);
            for (var dot = ascii.IndexOf('.'); dot >= 0; dot = ascii.IndexOf('.', dot + 1))
            {
                read.below.Add(ascii[(dot + 1)..]);
            }
        }

        // Below *.x every name is one.
        read.below.UnionWith(read.anyBelow);
        return read;
    }

    /// <summary>Others register names directly below it. A name of one label is always one (the list's own default rule).</summary>
    public bool IsSuffix(string name) =>
        !exceptions.Contains(name)
        && (rules.Contains(name) || (name.IndexOf('.', StringComparison.Ordinal) is var dot && (dot < 0 || anyBelow.Contains(name[(dot + 1)..]))));

    /// <summary>A suffix is somewhere below it.</summary>
    public bool HasSuffixBelow(string name) => below.Contains(name);
}
