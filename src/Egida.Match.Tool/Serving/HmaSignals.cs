using Egida.HashSearch;

namespace Egida.Match.Tool.Serving;

/// <summary>HMA's signal types that lists have: <c>pdq</c> of pictures, <c>video_md5</c> of videos. As HMA reads them and says what is wrong with them.</summary>
internal static class HmaSignals
{
    public const string Pdq = "pdq";
    public const string VideoMd5 = "video_md5";

    public static readonly IReadOnlyList<string> All = [Pdq, VideoMd5];

    /// <summary>HMA's radius: the published threshold.</summary>
    public const int Radius = KnownList.UsualRadius;

    /// <exception cref="HmaException">There is no such type, or it isn't such a signal.</exception>
    public static Func<KnownList, IReadOnlyList<KnownMatch>> Query(string type, string signal)
    {
        switch (Known(type))
        {
            case Pdq:
                var hash = Hash256.Parse(Valid(type, signal));
                return list => list.FindNear([hash], Radius);
            default:
                var digest = Md5Hash.Parse(Valid(type, signal));
                return list => list.Find(digest);
        }
    }

    /// <summary>The signal as HMA takes it: PDQ in small letters, MD5 in any and with spaces around.</summary>
    public static string Valid(string type, string signal, string prefix = "invalid signal: ")
    {
        if (type == Pdq) return IsHex(signal, 2 * Hash256.ByteLength) ? signal : throw new HmaException(400, $"{prefix}invalid PDQ hash");
        var normal = signal.Trim().ToLowerInvariant();
        return IsHex(normal, 2 * Md5Hash.ByteLength) ? normal : throw new HmaException(400, $"{prefix}'{Shown(signal)}' is not a valid MD5 hash");
    }

    public static string Known(string type) => All.Contains(type) ? type : throw new HmaException(400, $"No such SignalType '{Shown(type)}'");

    /// <summary>What comes back to who asks is short and has no control characters.</summary>
    public static string Shown(string text) => new([.. text.Where(letter => !char.IsControl(letter)).Take(100)]);

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>An answer of HMA's form <c>{"message": …}</c>.</summary>
internal sealed class HmaException(int status, string message) : Exception(message)
{
    public int Status => status;
}
