using System.Net;
using System.Text.RegularExpressions;
using Egida.Intake.Addresses;
using Egida.Platform.Mail;

namespace Egida.Takedown.Answers;

/// <summary>What somebody wrote above the quote of our letter, as plain text.</summary>
internal static partial class AnswerWords
{
    public static string? Of(IncomingPart mail)
    {
        var leaves = mail.All.Where(p => p.Parts.Count == 0).ToList();
        var text = leaves.Find(p => p.Type == "text/plain")?.Text
            ?? (leaves.Find(p => p.Type == "text/html") is { } html ? WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(html.Text, ""), "\n")) : "");
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()))
        {
            if (Separator().IsMatch(line))
            {
                break;
            }

            if (!line.StartsWith('>'))
            {
                lines.Add(line);
            }
        }

        var words = Empty().Replace(string.Join('\n', lines), "\n\n").Trim();
        return words.Length == 0 ? null : EvidenceText.Keep(words.Length <= NoticeAnswer.LongestText ? words : words[..NoticeAnswer.LongestText]);
    }

    /// <summary>What mail programs write above a quote without marks.</summary>
    [GeneratedRegex(@"^\s*(?:-{3,}\s*(?:original message|wiadomość oryginalna|oryginalna wiadomość|forwarded message)\s*-{3,}|_{20,})\s*$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separator();

    [GeneratedRegex("<(style|script|head)\\b[^>]*>.*?</\\1>", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]{0,2000}>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\n{3,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Empty();
}
