using Egida.Intake.Addresses;

namespace Egida.Takedown;

/// <summary>Everything that a provider typed on the page of a letter.</summary>
/// <param name="Numbers">Which of the letter's notices it is about.</param>
public sealed record AnswerForm(string Token, IReadOnlyList<string> Numbers, string Answer, string Words, StatementOfReasons Statement)
{
    public static AnswerForm Empty(string token, IReadOnlyList<string> numbers) => new(token, numbers, "", "", new StatementOfReasons("", "", "", "", "", ""));

    public static AnswerForm Of(IFormCollection form) => new(
        form["token"].ToString(), [.. form["number"].OfType<string>().Distinct()], form["answer"].ToString(), Text(form, "words"),
        new StatementOfReasons(Text(form, "restriction"), Text(form, "scope"), Text(form, "facts"), Text(form, "automated"), Text(form, "ground"), Text(form, "redress")));

    public NoticeAnswerKind? Kind => NoticeAnswer.OfPage.Cast<NoticeAnswerKind?>().FirstOrDefault(k => k.ToString() == Answer);

    /// <summary>Some of it was filled in, so all of it is meant.</summary>
    public bool HasStatement => Statement.Elements.Any(e => e.Length > 0);

    /// <returns>Field and the text that says what to do.</returns>
    internal IReadOnlyList<(string Field, string Text)> Problems(IReadOnlyCollection<string> ofLetter)
    {
        List<(string, string)> wrong = [];
        if (Numbers.Count == 0 || Numbers.Except(ofLetter).Any()) wrong.Add(("number", "notice.problem.number"));
        if (Kind is null) wrong.Add(("answer", "notice.problem.answer"));
        if (Words.Length == 0 && Kind is NoticeAnswerKind.Rejected or NoticeAnswerKind.Disputed) wrong.Add(("words", "notice.problem.words"));
        if (Words.Length > NoticeAnswer.LongestText) wrong.Add(("words", "notice.problem.long"));
        if (HasStatement)
        {
            (string Field, string Value)[] needed =
                [("restriction", Statement.Restriction), ("facts", Statement.Facts), ("ground", Statement.Ground), ("redress", Statement.Redress)];
            wrong.AddRange(needed.Where(n => n.Value.Length == 0).Select(n => (n.Field, $"notice.problem.{n.Field}")));
            (string Field, string Value)[] all = [.. needed, ("scope", Statement.Scope), ("automated", Statement.Automated)];
            wrong.AddRange(all.Where(a => a.Value.Length > StatementOfReasons.Longest).Select(a => (a.Field, "notice.problem.long")));
        }

        return wrong;
    }

    private static string Text(IFormCollection form, string name) => EvidenceText.Keep(form[name].ToString()).ReplaceLineEndings("\n").Trim();
}
