using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>The kinds' names in files of others: `SHA-256`, `sha_256` and `SHA256` are one.</summary>
internal static class HashNames
{
    /// <returns>Null: a kind that isn't known here.</returns>
    public static HashKind? KindOf(ReadOnlySpan<byte> name)
    {
        Span<byte> plain = stackalloc byte[16];
        var length = 0;
        foreach (var c in name)
        {
            if (c is (byte)'-' or (byte)'_' or (byte)' ')
            {
                continue;
            }

            if (length == plain.Length)
            {
                return null;
            }

            plain[length++] = (byte)char.ToLowerInvariant((char)c);
        }

        return Encoding.Latin1.GetString(plain[..length]) switch
        {
            "md5" or "vmd5" or "videomd5" => HashKind.Md5,
            "sha1" => HashKind.Sha1,
            "sha256" => HashKind.Sha256,
            "pdq" => HashKind.Pdq,
            "photodna" or "pdna" => HashKind.PhotoDna,
            _ => null,
        };
    }
}
