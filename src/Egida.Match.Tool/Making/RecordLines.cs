using System.Text.Json;
using Egida.HashSearch;

namespace Egida.Match.Tool.Making;

/// <summary>
/// Records as JSON, one object a line: number, class, and any of item, flags, md5, sha1, sha256, pdq (each an array of hex) and frames (objects with seconds,
/// pdq and quality).
/// </summary>
internal static class RecordLines
{
    /// <exception cref="InvalidDataException">A line isn't a record; the message says which line and why, and repeats no hash.</exception>
    public static IEnumerable<ListRecord> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            yield return Record(path, number, line);
        }
    }

    private static ListRecord Record(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new()
            {
                Number = root.GetProperty("number").GetInt64(),
                Class = root.GetProperty("class").GetString()!,
                Item = root.TryGetProperty("item", out var item) ? Item(item.GetString()) : ItemKind.Other,
                Flags = Strings(root, "flags").Aggregate(RecordFlags.None, (flags, word) => flags | Flag(word)),
                Md5 = [.. Strings(root, "md5").Select(text => Md5Hash.Parse(text))],
                Sha1 = [.. Strings(root, "sha1").Select(text => Sha1Hash.Parse(text))],
                Sha256 = [.. Strings(root, "sha256").Select(text => Sha256Hash.Parse(text))],
                Pdq = [.. Strings(root, "pdq").Select(text => Hash256.Parse(text))],
                Frames = [.. Elements(root, "frames").Select((frame, i) =>
                    new VideoFrame(i, frame.GetProperty("seconds").GetDouble(), Hash256.Parse(frame.GetProperty("pdq").GetString()), frame.GetProperty("quality").GetInt32()))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            var why = e is JsonException ? "isn't JSON" : e is KeyNotFoundException ? "needs a number and a class" : "has a value of the wrong form";
            throw new InvalidDataException($"'{path}', line {number}: the record {why}.", e);
        }
    }

    private static ItemKind Item(string? word) => word switch
    {
        "picture" => ItemKind.Picture,
        "video" => ItemKind.Video,
        "other" => ItemKind.Other,
        _ => throw new FormatException(),
    };

    private static RecordFlags Flag(string word) => word switch
    {
        "collides" => RecordFlags.Collides,
        "victim-identified" => RecordFlags.VictimIdentified,
        "distributed" => RecordFlags.Distributed,
        "series" => RecordFlags.Series,
        "disputed" => RecordFlags.Disputed,
        _ => throw new FormatException(),
    };

    private static IEnumerable<string> Strings(JsonElement root, string name) => Elements(root, name).Select(element => element.GetString() ?? throw new FormatException());

    private static IEnumerable<JsonElement> Elements(JsonElement root, string name) => root.TryGetProperty(name, out var array) ? array.EnumerateArray() : [];
}
