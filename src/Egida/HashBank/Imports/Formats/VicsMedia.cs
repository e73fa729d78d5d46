using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>One entry of a VICS file: a file with its hashes, its category and what is known about it.</summary>
internal sealed class VicsMedia(VicsCategories categories)
{
    private readonly ItemDraft draft = new();
    private readonly SharedClassifications shared = new();

    /// <summary>By category and marks, for the rows without a series: nearly all.</summary>
    private readonly Dictionary<(int Category, int Marks), Classification> common = [];

    private uint seen;
    private int? category;
    private int marks;
    private string? series;
    private string? scheme;

    /// <summary>Null while no context was read.</summary>
    public string? Scheme
    {
        get => scheme;
        set
        {
            scheme = value;
            common.Clear();
        }
    }

    private enum Field
    {
        Unknown,
        Category,
        Md5,
        Sha1,
        Sha256,
        PhotoDna,
        Alternatives,
        VictimIdentified,
        OffenderIdentified,
        IsDistributed,
        IsSuspected,
        SelfGenerated,
        Series,
        Media,
    }

    /// <summary>What is said about an item besides its category, and has no flag of its own here: bits of <see cref="marks"/>.</summary>
    private static readonly string[] Marks = ["suspected", "self-generated"];

    /// <summary>Reads to the end of the entry.</summary>
    /// <returns>False if it is a case: the list of its files was entered.</returns>
    public bool Read(ref JsonFeed.Cursor json, bool mayBeCase)
    {
        draft.Clear();
        (seen, category, marks, series) = (0, null, 0, null);
        while (json.Read() && json.Token != JsonTokenType.EndObject)
        {
            var field = FieldOf(json.Text());
            if (field == Field.Unknown)
            {
                json.Skip();
                continue;
            }

            if ((seen & 1u << (int)field) != 0)
            {
                draft.Refuse("duplicate-field", $"The entry has the field {field} twice.");
            }

            seen |= 1u << (int)field;
            json.Read();
            if (field == Field.Media && mayBeCase && json.Token == JsonTokenType.StartArray)
            {
                return false;
            }

            Take(field, ref json);
        }

        return true;
    }

    public void Finish(long place, List<ImportRow> rows)
    {
        if (Scheme is null)
        {
            throw new ImportRefusedException("This isn't VICS of a version that is read here: no context (odata.metadata or @odata.context with 1.2, 1.3 or 2.0) stands before the first entry, so nobody knows what its categories mean.");
        }

        if (category is not { } number)
        {
            draft.Refuse("no-verdict", "The entry has no category: nobody has assessed it.");
        }
        else if (!categories.TryGet(Scheme, number, out var says))
        {
            draft.Refuse("unknown-category", $"What category {number} means in {Scheme} isn't known here. Set HashImports:VicsCategories:{Scheme}:{number} to known, benign or none.");
        }
        else if (says is null)
        {
            draft.Refuse("no-verdict", $"Category {number} of {Scheme} says neither that it is known material nor that it is harmless.");
        }
        else
        {
            draft.Says = says.Value;
            draft.Classification = ClassificationOf(number);
            draft.Flags |= series is null ? RecordFlags.None : RecordFlags.Series;
        }

        draft.Finish(place, rows);
    }

    private Classification ClassificationOf(int number)
    {
        if (series is not null)
        {
            return shared.Get(Scheme!, $"{number} {marks}", series, LabelsOf);
        }

        if (!common.TryGetValue((number, marks), out var classification))
        {
            common[(number, marks)] = classification = shared.Get(Scheme!, $"{number} {marks}", null, LabelsOf);
        }

        return classification;
    }

    private static Dictionary<string, string[]> LabelsOf(string words)
    {
        var (number, bits) = (words.Split(' ')[0], int.Parse(words.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        var labels = new Dictionary<string, string[]> { ["category"] = [number] };
        if (bits != 0)
        {
            labels["marks"] = [.. Marks.Where((_, i) => (bits & 1 << i) != 0)];
        }

        return labels;
    }

    private void Take(Field field, ref JsonFeed.Cursor json)
    {
        if (json.IsCut)
        {
            draft.Refuse("too-long", $"The field {field} is longer than anything of its kind.");
            return;
        }

        if (field == Field.Alternatives)
        {
            Alternatives(ref json);
            return;
        }

        if (json.Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            draft.Refuse("wrong-type", $"The field {field} is a list or an object.");
            json.Skip();
            return;
        }

        if (json.Token == JsonTokenType.Null)
        {
            return;
        }

        var text = json.Text();
        switch (field)
        {
            case Field.Category:
                Category(text);
                break;
            case Field.Md5:
                draft.Hash(HashKind.Md5, text);
                break;
            case Field.Sha1:
                draft.Hash(HashKind.Sha1, text);
                break;
            case Field.Sha256:
                draft.Hash(HashKind.Sha256, text);
                break;
            case Field.PhotoDna:
                draft.Hash(HashKind.PhotoDna, text);
                break;
            case Field.VictimIdentified:
                Flag(text, RecordFlags.VictimIdentified, 0);
                break;
            case Field.OffenderIdentified:
                Flag(text, RecordFlags.OffenderIdentified, 0);
                break;
            case Field.IsDistributed:
                Flag(text, RecordFlags.Distributed, 0);
                break;
            case Field.IsSuspected:
                Flag(text, RecordFlags.None, 1);
                break;
            case Field.SelfGenerated:
                Flag(text, RecordFlags.None, 2);
                break;
            case Field.Series:
                series = draft.Text(text, 200, "series") is { IsEmpty: false } name ? shared.Intern(name) : null;
                break;
        }
    }

    private void Category(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text.Trim(" "u8), out int number, out var length) && length == text.Trim(" "u8).Length && number is >= 0 and < 100)
        {
            category = number;
        }
        else if (!text.IsEmpty)
        {
            draft.Refuse("unknown-category", "The category is no number from 0 to 99.");
        }
    }

    private void Flag(ReadOnlySpan<byte> text, RecordFlags flag, int mark)
    {
        switch (Truth.Of(text))
        {
            case true:
                draft.Flags |= flag;
                marks |= mark;
                break;
            case null when !text.IsEmpty:
                draft.LeaveOut("unclear-flag", "Left out: a mark that is neither true nor false.");
                break;
        }
    }

    private void Alternatives(ref JsonFeed.Cursor json)
    {
        if (json.Token != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.Token != JsonTokenType.EndArray)
        {
            if (json.Token != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            VicsAlternativeHash.Read(ref json, draft);
        }
    }

    /// <summary>By length first: most fields of a file are none of these.</summary>
    private static Field FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when Ascii.EqualsIgnoreCase(name, "MD5"u8) => Field.Md5,
        4 when Ascii.EqualsIgnoreCase(name, "SHA1"u8) => Field.Sha1,
        5 when Ascii.EqualsIgnoreCase(name, "Media"u8) => Field.Media,
        6 when Ascii.EqualsIgnoreCase(name, "Series"u8) => Field.Series,
        6 when Ascii.EqualsIgnoreCase(name, "SHA256"u8) => Field.Sha256,
        8 when Ascii.EqualsIgnoreCase(name, "Category"u8) => Field.Category,
        8 when Ascii.EqualsIgnoreCase(name, "PhotoDNA"u8) => Field.PhotoDna,
        11 when Ascii.EqualsIgnoreCase(name, "IsSuspected"u8) => Field.IsSuspected,
        13 when Ascii.EqualsIgnoreCase(name, "IsDistributed"u8) => Field.IsDistributed,
        13 when Ascii.EqualsIgnoreCase(name, "SelfGenerated"u8) => Field.SelfGenerated,
        16 when Ascii.EqualsIgnoreCase(name, "VictimIdentified"u8) => Field.VictimIdentified,
        17 when Ascii.EqualsIgnoreCase(name, "AlternativeHashes"u8) => Field.Alternatives,
        18 when Ascii.EqualsIgnoreCase(name, "OffenderIdentified"u8) => Field.OffenderIdentified,
        _ => Field.Unknown,
    };
}
