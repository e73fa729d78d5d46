using Egida.HashSearch;

namespace Egida.HashBank;

/// <summary>A hash as people and programs write it, read strictly: what is wrong is said, never guessed.</summary>
internal static class HashText
{
    /// <summary>Below it a picture has too little structure: flat pictures all look alike.</summary>
    public const int LeastQuality = 50;

    /// <summary>PDQ sets about half of the bits. So few, or so few unset, and the picture was flat, whatever its quality is said to be.</summary>
    private const int FewestBits = 32;

    public abstract record Reading
    {
        private Reading()
        {
        }

        public sealed record Good(HashKind Kind, byte[] Value) : Reading;

        /// <param name="Code">For programs: `wrong-length`, `wrong-alphabet`, `base32`, `all-zero`, `low-quality`, `unknown-kind`.</param>
        /// <param name="Detail">For people, in English; never repeats the hash.</param>
        public sealed record Bad(string Code, string Detail) : Reading;
    }

    /// <summary>The kinds' names in files and requests.</summary>
    public static readonly IReadOnlyDictionary<string, HashKind> Names = new Dictionary<string, HashKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["md5"] = HashKind.Md5,
        ["sha1"] = HashKind.Sha1,
        ["sha256"] = HashKind.Sha256,
        ["pdq"] = HashKind.Pdq,
        ["photodna"] = HashKind.PhotoDna,
    };

    public static string NameOf(HashKind kind) => kind.ToString().ToLowerInvariant();

    public static string TextOf(HashKind kind, byte[] value) => kind == HashKind.Other ? System.Text.Encoding.UTF8.GetString(value) : Convert.ToHexStringLower(value);

    public static Reading Read(HashKind kind, string? text, int? quality = null)
    {
        var typed = text?.Trim() ?? "";
        var bytes = LengthOf(kind);
        if (kind == HashKind.PhotoDna && typed.Length == 192)
        {
            return OpaqueVector144.TryParse(typed, out var vector)
                ? new Reading.Good(kind, vector.Bytes.ToArray())
                : new Reading.Bad("wrong-alphabet", "PhotoDNA is 192 characters of base64 or 288 hexadecimal digits.");
        }

        if (kind == HashKind.Sha1 && IsBase32Sha1(typed))
        {
            return new Reading.Bad("base32", "This is SHA-1 in base32. Send its 40 hexadecimal digits.");
        }

        if (typed.Length != 2 * bytes)
        {
            return new Reading.Bad("wrong-length", $"{NameOf(kind)} has {2 * bytes} hexadecimal digits; this has {typed.Length} characters.");
        }

        if (!typed.All(char.IsAsciiHexDigit))
        {
            return new Reading.Bad("wrong-alphabet", $"{NameOf(kind)} is written in the digits 0-9 and a-f; there are others in it.");
        }

        var value = Convert.FromHexString(typed);
        return kind == HashKind.Pdq && WhyNoPicture(value, quality) is { } bad ? bad : new Reading.Good(kind, value);
    }

    /// <summary>Every kind that the text can be: 64 digits are SHA-256 or PDQ, and only who wrote them knows which.</summary>
    public static IReadOnlyList<Reading.Good> ReadAny(string text) =>
        [.. Names.Values.Select(kind => Read(kind, text)).OfType<Reading.Good>()];

    /// <summary>SHA-1 in base32 has 32 characters, as MD5 has; letters behind f tell them apart.</summary>
    public static bool IsBase32Sha1(string text) =>
        text.Length == 32 && text.All(c => char.IsAsciiLetter(c) || c is >= '2' and <= '7') && !text.All(char.IsAsciiHexDigit);

    /// <summary>Has the picture structure enough to be told from others by its looks? A list that gives no quality is believed as long as the code isn't flat.</summary>
    public static bool ShowsSomething(byte[] pdq, int? quality) => WhyNoPicture(pdq, quality) is null;

    private static Reading.Bad? WhyNoPicture(byte[] value, int? quality)
    {
        var ones = Hash256.FromBytes(value).OnesCount;
        return ones == 0 ? new Reading.Bad("all-zero", "This PDQ is all zero: it is of an empty picture, or of none, and would match any such.")
            : ones is < FewestBits or > 256 - FewestBits ? new Reading.Bad("low-quality", "This PDQ is of a picture that is almost flat, and would match any such.")
            : quality < LeastQuality ? new Reading.Bad("low-quality", $"PDQ of a quality below {LeastQuality} is of a picture that is almost flat, and would match any such.")
            : null;
    }

    private static int LengthOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => Md5Hash.ByteLength,
        HashKind.Sha1 => Sha1Hash.ByteLength,
        HashKind.PhotoDna => OpaqueVector144.ByteLength,
        _ => Hash256.ByteLength,
    };
}
