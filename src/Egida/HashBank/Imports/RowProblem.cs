using Egida.HashSearch;

namespace Egida.HashBank.Imports;

/// <summary>Why a row that a reader understood can't be kept. Readers are many: what goes into the bank is checked in one place.</summary>
internal sealed record RowProblem(string Code, string Detail)
{
    private static readonly RowProblem Empty = new("no-hash", "There is no hash in it.");
    private static readonly RowProblem WrongLength = new("wrong-length", "A hash has not the number of bytes that its kind has.");
    private static readonly RowProblem TooLong = new("too-long", "A hash, or the name of its kind, is longer than anything that is in use.");
    private static readonly RowProblem Key = new("wrong-key", $"The entry's own name is empty or longer than {SourceEntry.LongestKey} characters, or no text.");
    private static readonly RowProblem Word = new("wrong-word", "A source says that an item is known or harmless, or takes that back; nothing else.");

    private const int LongestOther = 4096;
    private const int LongestName = 40;

    public static RowProblem? Of(ImportRow.Item row)
    {
        var hashes = row.Hashes;
        return row.Says is not (Says.Known or Says.Benign or Says.TakesBack) ? Word
            : row.Key is { } key && (key.Length is 0 or > SourceEntry.LongestKey || !IsText(key)) ? Key
            : hashes.IsEmpty ? (row is { Says: Says.TakesBack, Key: not null } ? null : Empty)
            : IsWrong(hashes.Md5, Md5Hash.ByteLength) || IsWrong(hashes.Sha1, Sha1Hash.ByteLength) || IsWrong(hashes.Sha256, Sha256Hash.ByteLength) || IsWrong(hashes.Pdq, Hash256.ByteLength)
                ? WrongLength
            : hashes.Further.Count > 0 ? OfFurther(hashes) : null;
    }

    private static RowProblem? OfFurther(ItemHashes hashes)
    {
        foreach (var (kind, name, value, _) in hashes.Further)
        {
            if (kind == HashKind.Other ? value.Length is 0 or > LongestOther || name is { Length: > LongestName } || !IsText(name ?? "") : value.Length != LengthOf(kind))
            {
                return kind == HashKind.Other ? TooLong : WrongLength;
            }
        }

        return null;
    }

    /// <summary>PostgreSQL keeps no zeros in text, and neither database half a pair.</summary>
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWrong(byte[]? hash, int length) => hash is not null && hash.Length != length;

    private static int LengthOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => Md5Hash.ByteLength,
        HashKind.Sha1 => Sha1Hash.ByteLength,
        HashKind.PhotoDna => OpaqueVector144.ByteLength,
        _ => Hash256.ByteLength,
    };
}
