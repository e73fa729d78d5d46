using System.Buffers;
using System.Globalization;

namespace Egida.Match.Format;

/// <summary>The single words that header lines are made of.</summary>
internal static class Words
{
    public const int MostClasses = 255;
    private const int LongestCode = 32;
    private const int LongestName = 200;
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly SearchValues<char> s_code = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-");
    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-/@");

    private static readonly (ListKinds Kind, string Word)[] s_kinds =
        [(ListKinds.Md5, "md5"), (ListKinds.Sha1, "sha1"), (ListKinds.Sha256, "sha256"), (ListKinds.Pdq, "pdq"), (ListKinds.Frames, "frames")];

    public static bool IsCode(string text) => text.Length is > 0 and <= LongestCode && !text.AsSpan().ContainsAnyExcept(s_code);

    public static bool IsName(string text) => text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(s_name);

    public static string Of(ListKinds kinds) => string.Join(' ', s_kinds.Where(kind => kinds.HasFlag(kind.Kind)).Select(kind => kind.Word));

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static ListKinds? Kinds(string text)
    {
        var kinds = ListKinds.None;
        foreach (var (kind, word) in s_kinds)
            if (text.Split(' ').Contains(word)) kinds |= kind;
        return Of(kinds) == text ? kinds : null;
    }

    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Of(number) == text ? number : null;
}
