using System.Text;

namespace Egida.Match.Notes;

/// <summary>
/// The form of a signed note, https://c2sp.org/signed-note: a text, an empty line, and one line «— name base64(key id ‖ signature)» for each signature.
/// </summary>
internal static class NoteText
{
    public const string Separator = "\n\n\u2014 ";
    private const string SignatureLine = "\u2014 ";
    private const int MostSignatures = 16;

    /// <summary>The text as signed, with its last line end, and the signatures. Null for anything that isn't a note.</summary>
    public static (string Text, IReadOnlyList<NoteSignature> Signatures)? Split(string note)
    {
        // The last empty line parts text and signatures: the text may have others.
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end <= 0 || !note.EndsWith('\n') || note.Any(letter => letter < ' ' && letter != '\n')) return null;

        var lines = note[(end + 2)..^1].Split('\n');
        if (lines.Length > MostSignatures) return null;
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!line.StartsWith(SignatureLine, StringComparison.Ordinal) || NoteSignature.Parse(line[SignatureLine.Length..]) is not { } signature) return null;
            signatures.Add(signature);
        }
        return (note[..(end + 1)], signatures);
    }

    public static string Join(string text, IEnumerable<NoteSignature> signatures) => $"{text}\n{string.Concat(signatures.Select(signature => $"{SignatureLine}{signature}\n"))}";

    /// <summary>Names of keys: not empty, no space, no plus.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 200 && !name.Any(letter => letter <= ' ' || letter == '+' || char.IsWhiteSpace(letter) || char.IsControl(letter));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
