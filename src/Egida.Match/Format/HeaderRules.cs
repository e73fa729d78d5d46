namespace Egida.Match.Format;

/// <summary>What holds for every header, when it is written as well as when it is read.</summary>
internal static class HeaderRules
{
    public static string? WhatIsWrong(ListHeader header) => header switch
    {
        _ when !Words.IsName(header.Series) => "a series is a name without spaces, such as hotline.example/known",
        _ when !Words.IsName(header.Recipient) => "a recipient is a name without spaces, such as laboratory.example",
        _ when !Words.IsCode(header.Jurisdiction) => "a jurisdiction is a short code, such as pl",
        { Number: < 1 } => "numbers begin at 1",
        { Since: { } since } when since < 1 || since >= header.Number => "a delta follows a list with a lower number",
        { Kinds: ListKinds.None } => "a recipient is entitled to some kind of hash",
        _ when (header.Kinds & ~ListKinds.All) != 0 => "there is no such kind of hash",
        _ when header.ValidUntil <= header.Made => "a list is valid for some time after it was made",
        _ => null,
    };

    public static string? WhatIsWrong(SignedHeader signed)
    {
        if (WhatIsWrong(signed.Header) is { } wrong) return wrong;
        if (signed.Classes.Count > Words.MostClasses || !signed.Classes.All(Words.IsCode) || signed.Classes.Distinct().Count() != signed.Classes.Count) return "its classes";

        // One behind the other: no byte of the body belongs to two, and the gaps are as short as can be.
        long end = 0;
        foreach (var section in signed.Sections)
        {
            if (section.Offset != end || section.Length < 0 || section.Length > signed.BodyLength - section.Offset) return "its sections";
            end = ListSection.Align(section.End);
        }
        return end == signed.BodyLength && signed.Sections.Select(section => section.Name).Distinct().Count() == signed.Sections.Count ? null : "its sections";
    }
}
