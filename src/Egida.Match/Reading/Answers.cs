namespace Egida.Match.Reading;

/// <summary>What holds when several files speak of one record, and what is said of it.</summary>
internal static class Answers
{
    /// <summary>The match with a row of a file; null if a newer file withdraws or replaces that record.</summary>
    public static KnownMatch? Of(IReadOnlyList<ListFile> newestFirst, int file, int row, ListKinds by)
    {
        var list = newestFirst[file];
        var rows = list.Rows(list.Records);
        if ((uint)row >= (uint)rows.Length) throw Malformed(list);
        var record = rows[row];
        for (var newer = 0; newer < file; newer++)
            if (newestFirst[newer].SpeaksOf(record.Number)) return null;
        return new()
        {
            Number = record.Number,
            Class = record.Class < list.Signed.Classes.Count ? list.Signed.Classes[record.Class] : throw Malformed(list),
            Item = (ItemKind)record.Item,
            Flags = (RecordFlags)record.Flags,
            By = by,
        };
    }

    public static ListRefusedException Malformed(ListFile list) => ListRefusedException.Damaged(list.Path, "its parts don't go together, although they are signed");
}
