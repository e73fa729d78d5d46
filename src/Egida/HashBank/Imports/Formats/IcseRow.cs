namespace Egida.HashBank.Imports.Formats;

/// <summary>One line of ICSE's CSV.</summary>
internal sealed class IcseRow(CsvHeader header)
{
    private readonly ItemDraft draft = new();
    private readonly SharedClassifications shared = new();
    private readonly int md5 = header["MD5"], sha1 = header["SHA1"], photoDna = header["PhotoDNA"], id = header["Image ID"], distributed = header["Is distributed"],
        victim = header["Victim identified"], offender = header["Offender identified"], series = header["Series name"], media = header["Media Type"], baseline = header["Baseline"];

    public void Read(CsvRecords records, List<ImportRow> rows)
    {
        draft.Clear();
        if (header.WhyNotRow(records) is var (code, detail))
        {
            draft.Refuse(code, detail);
            draft.Finish(records.Line, rows);
            return;
        }

        draft.Hash(HashKind.Md5, Field(records, md5));
        draft.Hash(HashKind.Sha1, Field(records, sha1));
        draft.Hash(HashKind.PhotoDna, Field(records, photoDna));
        if (draft.Text(Field(records, id), 60, "Image ID") is { IsEmpty: false } key)
        {
            draft.Key = System.Text.Encoding.UTF8.GetString(key);
        }

        draft.Flags |= Flag(records, distributed) is true ? RecordFlags.Distributed : RecordFlags.None;
        draft.Flags |= Flag(records, victim) is true ? RecordFlags.VictimIdentified : RecordFlags.None;
        draft.Flags |= Flag(records, offender) is true ? RecordFlags.OffenderIdentified : RecordFlags.None;
        var name = draft.Text(Field(records, series), 200, "series name") is { IsEmpty: false } text ? shared.Intern(text) : null;
        draft.Flags |= name is null ? RecordFlags.None : RecordFlags.Series;
        draft.Classification = shared.Get(IcseFormat.Scheme, Words(Flag(records, baseline), Field(records, media)), name, LabelsOf);
        draft.Finish(records.Line, rows);
    }

    private static ReadOnlySpan<byte> Field(CsvRecords records, int column) => column < 0 ? [] : records[column].Trim(" \t"u8);

    private bool? Flag(CsvRecords records, int column)
    {
        var text = Field(records, column);
        var truth = Truth.Of(text);
        if (truth is null && !text.IsEmpty)
        {
            draft.LeaveOut("unclear-flag", "Left out: a mark that is neither yes nor no.");
        }

        return truth;
    }

    /// <summary>Two letters: whether it is baseline, and which medium.</summary>
    private static string Words(bool? isBaseline, ReadOnlySpan<byte> medium) => (isBaseline, System.Text.Ascii.EqualsIgnoreCase(medium, "video"u8), System.Text.Ascii.EqualsIgnoreCase(medium, "image"u8)) switch
    {
        (true, true, _) => "yv",
        (true, _, true) => "yi",
        (true, _, _) => "y",
        (false, true, _) => "nv",
        (false, _, true) => "ni",
        (false, _, _) => "n",
        (null, true, _) => "v",
        (null, _, true) => "i",
        _ => "",
    };

    private static Dictionary<string, string[]> LabelsOf(string words)
    {
        var labels = new Dictionary<string, string[]>();
        if (words is ['y' or 'n', ..])
        {
            labels["baseline"] = [words[0] == 'y' ? "yes" : "no"];
        }

        if (words is [.., 'v' or 'i'])
        {
            labels["medium"] = [words[^1] == 'v' ? "video" : "image"];
        }

        return labels;
    }
}
