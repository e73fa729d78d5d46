using System.Text.Json;

namespace Egida.Match.Tool.Servers;

/// <summary>A version that the server has for this partner.</summary>
internal sealed record OfferedVersion(long Number, long? Since, long Bytes, string Sha256);

/// <summary>A list that the server has for this partner, as <c>GET /api/v1/lists</c> says.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Versions">In any order.</param>
/// <param name="KeyEnds">Which key stops signing, and when; null if none does.</param>
internal sealed record OfferedList(string Name, IReadOnlyList<OfferedVersion> Versions, string? KeyEnds)
{
    /// <summary>The newest full list and the newest delta that goes on from it.</summary>
    public IReadOnlyList<OfferedVersion> Newest
    {
        get
        {
            var full = Versions.Where(version => version.Since is null).MaxBy(version => version.Number);
            if (full is null) return [];
            return Versions.Where(version => version.Since == full.Number).MaxBy(version => version.Number) is { } delta ? [full, delta] : [full];
        }
    }

    /// <returns>Null if it isn't such an answer.</returns>
    public static IReadOnlyList<OfferedList>? Read(JsonElement root)
    {
        try
        {
            var ends = root.GetProperty("keys").EnumerateArray().Where(key => key.TryGetProperty("endsAt", out _))
                .Select(key => $"{key.GetProperty("line").GetString()!.Split('+')[0]} ends {key.GetProperty("endsAt").GetDateTime():yyyy-MM-dd}").FirstOrDefault();
            return [.. root.GetProperty("lists").EnumerateArray().Select(list => new OfferedList(NameOf(list), [.. list.GetProperty("versions").EnumerateArray().Select(Version)], ends))];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // It becomes a folder.
    private static string NameOf(JsonElement list) =>
        list.GetProperty("name").GetString() is { Length: > 0 and <= 40 } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? name : throw new FormatException();

    private static OfferedVersion Version(JsonElement version) => new(
        version.GetProperty("number").GetInt64(), version.TryGetProperty("since", out var since) && since.ValueKind == JsonValueKind.Number ? since.GetInt64() : null,
        version.GetProperty("bytes").GetInt64(), version.GetProperty("sha256").GetString() ?? throw new FormatException());
}
