using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>`descriptors` of an update: what each member of the group says.</summary>
internal sealed class ThreatOpinions
{
    private const int MostTags = 10;
    private readonly SortedSet<string> tags = new(StringComparer.Ordinal);
    private int malicious, harmless;

    /// <summary>Known if somebody says that it is harmful, benign if all who decided say that it isn't; else nobody stands for it.</summary>
    public Says Says => malicious > 0 ? Says.Known : harmless > 0 ? Says.Benign : Says.TakesBack;

    /// <summary>The opinion and the tags, from which the labels follow.</summary>
    public string Words => $"{(malicious == 0 ? "negative" : harmless > 0 ? "contested" : "positive")} {string.Join(' ', tags)}";

    public static Dictionary<string, string[]> LabelsOf(string words)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var labels = new Dictionary<string, string[]> { ["opinion"] = [parts[0]] };
        if (parts.Length > 1)
        {
            labels["tags"] = parts[1..];
        }

        return labels;
    }

    public void Clear()
    {
        tags.Clear();
        (malicious, harmless) = (0, 0);
    }

    /// <summary>At the name `descriptors`: `{"data": [ … ]}`, or the list itself.</summary>
    public void Read(ref JsonFeed.Cursor json)
    {
        json.Read();
        var depth = json.Depth;
        if (json.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        // Whatever is around them: a status is a text called `status`, a tag a text in `tags` or called `text`.
        var inTags = -1;
        while (json.Read() && json.Depth > depth)
        {
            if (json.Token == JsonTokenType.PropertyName)
            {
                Property(ref json, ref inTags);
            }
            else if (json.Token == JsonTokenType.String && inTags >= 0)
            {
                Tag(json.Text());
            }
            else if (json.Token is JsonTokenType.EndArray or JsonTokenType.EndObject && json.Depth <= inTags)
            {
                inTags = -1;
            }
        }
    }

    private void Property(ref JsonFeed.Cursor json, ref int inTags)
    {
        if (inTags >= 0)
        {
            if (!json.IsNamed("text"u8) && !json.IsNamed("data"u8))
            {
                json.Skip();
            }
        }
        else if (json.IsNamed("status"u8))
        {
            json.Read();
            malicious += json.Token == JsonTokenType.String && Ascii.EqualsIgnoreCase(json.Text(), "MALICIOUS"u8) ? 1 : 0;
            harmless += json.Token == JsonTokenType.String && Ascii.EqualsIgnoreCase(json.Text(), "NON_MALICIOUS"u8) ? 1 : 0;
        }
        else if (json.IsNamed("tags"u8))
        {
            json.Read();
            inTags = json.Token is JsonTokenType.StartArray or JsonTokenType.StartObject ? json.Depth : -1;
        }
        else if (!json.IsNamed("data"u8))
        {
            json.Skip();
        }
    }

    /// <summary>Codes only: a tag may be any text that somebody typed.</summary>
    private void Tag(ReadOnlySpan<byte> text)
    {
        if (tags.Count < MostTags && text.Length is > 0 and <= 40 && text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:."u8) < 0)
        {
            tags.Add(Encoding.ASCII.GetString(text));
        }
    }
}
