using System.Text;
using System.Xml;

namespace Egida.HashBank.Imports.Formats;

/// <summary>One `image`, `video`, `deletedImage` or `deletedVideo`.</summary>
internal sealed class NcmecEntry(XmlReader reader)
{
    private const int LongestText = 5000;

    private readonly ItemDraft draft = new();
    private readonly SharedClassifications shared = new();
    private readonly char[] chars = new char[LongestText + 1];
    private readonly byte[] bytes = new byte[4 * (LongestText + 1)];
    private string? member, id, classification;

    public string? Environment { get; set; }

    public static bool IsEntry(string name) => name is "image" or "video" or "deletedImage" or "deletedVideo";

    /// <summary>At the entry's element; reads to its end.</summary>
    public void Read(long place, List<ImportRow> rows)
    {
        draft.Clear();
        member = id = classification = null;
        var name = reader.LocalName;
        if (!reader.IsEmptyElement)
        {
            Fields();
        }

        draft.Key = member is { Length: > 0 } && id is { Length: > 0 } ? $"{member}-{id}" : null;
        if (draft.Key is null)
        {
            draft.Refuse("no-key", "The entry doesn't say whose it is, or how it is called there.");
        }

        if (name.StartsWith("deleted", StringComparison.Ordinal))
        {
            draft.Says = Says.TakesBack;
        }
        else
        {
            draft.Classification = Classified(name);
        }

        draft.Finish(place, rows);
    }

    private Classification Classified(string medium) => shared.Get(
        Environment is null ? "ncmec" : $"ncmec/{Environment}", $"{medium} {classification}", null,
        words => words.Split(' ') is [var m, { Length: > 0 } c] ? new Dictionary<string, string[]> { ["industry"] = [c], ["medium"] = [m] } : new Dictionary<string, string[]> { ["medium"] = [words.Trim()] });

    private void Fields()
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "member":
                    Once(ref member, reader.GetAttribute("id") is { Length: <= 40 } number ? number : "", "member");
                    break;
                case "id":
                    Once(ref id, Encoding.UTF8.GetString(draft.Text(Text(), 120, "id")), "id");
                    break;
                case "classification":
                    var code = Encoding.UTF8.GetString(draft.Text(Text(), 4, "classification"));
                    Once(ref classification, code.All(char.IsAsciiLetterOrDigit) ? code : "", "classification");
                    break;
                case "fingerprints" when !reader.IsEmptyElement:
                    Fingerprints();
                    break;
            }
        }
    }

    private void Once(ref string? field, string value, string name)
    {
        if (field is not null)
        {
            draft.Refuse("duplicate-field", $"The entry has a {name} twice.");
        }

        field = value;
    }

    private void Fingerprints()
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
            {
                continue;
            }

            // A large one is only named, with a link; it isn't fetched.
            var name = Encoding.UTF8.GetBytes(reader.LocalName);
            var text = Text();
            if (text.IsEmpty)
            {
                continue;
            }

            if (HashNames.KindOf(name) is { } kind)
            {
                draft.Hash(kind, text);
            }
            else
            {
                draft.Other(name, text);
            }
        }
    }

    /// <summary>The text in this element, up to its end or to where it is longer than any.</summary>
    private ReadOnlySpan<byte> Text()
    {
        if (reader.IsEmptyElement)
        {
            return [];
        }

        var depth = reader.Depth;
        var count = 0;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && count < chars.Length)
            {
                int read;
                while (count < chars.Length && (read = reader.ReadValueChunk(chars, count, chars.Length - count)) > 0)
                {
                    count += read;
                }
            }
        }

        return bytes.AsSpan(0, Encoding.UTF8.GetBytes(chars.AsSpan(0, count), bytes));
    }
}
