using System.Text;

namespace Egida.Match.Format;

/// <summary>The signed header as text: one line a field, always in this order, one spelling for each value.</summary>
internal static class HeaderText
{
    public static string Write(SignedHeader signed)
    {
        var header = signed.Header;
        var text = new StringBuilder();
        text.Append(SignedHeader.FirstLine).Append('\n');
        Line("series", header.Series);
        Line("number", Words.Of(header.Number));
        Line("since", header.Since is { } since ? Words.Of(since) : "-");
        Line("made", Words.Of(header.Made));
        Line("valid-until", Words.Of(header.ValidUntil));
        Line("recipient", header.Recipient);
        Line("jurisdiction", header.Jurisdiction);
        Line("kinds", Words.Of(header.Kinds));
        Line("classes", string.Join(' ', signed.Classes));
        Line("body", $"{Words.Of(signed.BodyLength)} {signed.BodyDigest}");
        foreach (var section in signed.Sections) Line("section", $"{section.Name} {Words.Of(section.Offset)} {Words.Of(section.Length)}");
        return text.ToString();

        void Line(string field, string value) => text.Append(field).Append(": ").Append(value).Append('\n');
    }

    /// <summary>Null for anything that <see cref="Write"/> wouldn't have written.</summary>
    public static SignedHeader? Read(string text)
    {
        var lines = new Queue<string>(text.Split('\n'));
        if (lines.Dequeue() != SignedHeader.FirstLine) return null;

        var (series, number, since) = (Next("series"), Words.Number(Next("number")), Next("since"));
        var (made, until) = (Words.Time(Next("made")), Words.Time(Next("valid-until")));
        var (recipient, jurisdiction) = (Next("recipient"), Next("jurisdiction"));
        var (kinds, classes) = (Words.Kinds(Next("kinds")), Next("classes"));
        var body = Next("body").Split(' ');
        if (number is null || made is null || until is null || kinds is null || body.Length != 2 || Words.Number(body[0]) is not { } length) return null;

        var sections = new List<ListSection>();
        while (lines.TryPeek(out var line) && line.StartsWith("section: ", StringComparison.Ordinal))
        {
            var parts = Next("section").Split(' ');
            if (parts.Length != 3 || Words.Number(parts[1]) is not { } offset || Words.Number(parts[2]) is not { } bytes) return null;
            sections.Add(new(parts[0], offset, bytes));
        }
        var signed = new SignedHeader
        {
            Header = new()
            {
                Series = series,
                Number = number.Value,
                Since = since == "-" ? null : Words.Number(since),
                Made = made.Value,
                ValidUntil = until.Value,
                Recipient = recipient,
                Jurisdiction = jurisdiction,
                Kinds = kinds.Value,
            },
            Classes = classes.Length == 0 ? [] : classes.Split(' '),
            Sections = sections,
            BodyLength = length,
            BodyDigest = body[1],
        };
        // One spelling: whatever was overlooked above shows here.
        return HeaderRules.WhatIsWrong(signed) is null && Write(signed) == text ? signed : null;

        string Next(string field) => lines.TryDequeue(out var line) && line.StartsWith($"{field}: ", StringComparison.Ordinal) ? line[(field.Length + 2)..] : "";
    }
}
