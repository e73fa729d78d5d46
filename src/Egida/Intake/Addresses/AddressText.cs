using System.Globalization;
using System.Text;

namespace Egida.Intake.Addresses;

/// <summary>What keyboards, chats and word processors add around an address.</summary>
internal static class AddressText
{
    /// <summary>
    /// Without invisible characters (zero width, direction marks: a browser percent-encodes those that belong to an address)
    /// and without white space or controls at either end. A lone surrogate becomes U+FFFD.
    /// </summary>
    public static string Clean(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var rune in typed.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
            {
                text.Append(rune);
            }
        }

        var cleaned = text.ToString().AsSpan();
        return cleaned.Trim().Length == cleaned.Length && !HasControlAtEnd(cleaned) ? text.ToString() : TrimBlank(cleaned).ToString();
    }

    /// <summary>Full-width letters and signs, the ideographic full stop and space, as ASCII. One character for one: positions stay.</summary>
    public static string FoldWide(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            folded[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                '\u3002' or '\uFF61' => '.',
                '\u3000' => ' ',
                var other => other,
            };
        }
    });

    /// <summary>Without the quotation marks, brackets and commas that belong to the sentence around it. <paramref name="inText"/>: full stops too.</summary>
    public static string TrimClosers(string token, bool inText)
    {
        var end = token.Length;
        while (end > 0 && IsCloser(token.AsSpan(0, end), inText))
        {
            end--;
        }

        return token[..end];
    }

    public static bool IsOpener(char c) => c is '(' or '[' or '{' or '<' or '"' or '\'' or '`' or '«' or '„' or '“' or '”' or '‘' or '‚' or '‹';

    private static bool IsCloser(ReadOnlySpan<char> token, bool inText) => token[^1] switch
    {
        ',' or ';' or '\'' or '`' or '"' or '>' or '»' or '«' or '“' or '”' or '„' or '’' or '‘' or '›' or '、' or '，' => true,
        ')' => token.Count('(') < token.Count(')'),
        ']' => token.Count('[') < token.Count(']'),
        '}' => token.Count('{') < token.Count('}'),
        '.' or ':' or '!' or '。' => inText,
        _ => false,
    };

    private static bool HasControlAtEnd(ReadOnlySpan<char> text) => text.Length > 0 && (char.IsControl(text[0]) || char.IsControl(text[^1]));

    private static ReadOnlySpan<char> TrimBlank(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c);
}
