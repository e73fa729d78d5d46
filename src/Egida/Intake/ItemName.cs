using System.Security.Cryptography;

namespace Egida.Intake;

/// <summary>Four consonant-vowel pairs and two digits, such as «pola-kemi-37»: sayable in Polish, English and Ukrainian alike.</summary>
internal static class ItemName
{
    private const string Consonants = "bdfgklmnprstwz";
    private const string Vowels = "aeiou";

    /// <summary>Whether somebody may have meant a name: the form, not that there is such an item.</summary>
    public static bool IsOne(string typed) => typed.Length == 12 && typed[4] == '-' && typed[9] == '-';

    public static string Of(ItemId id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(id.Value.ToByteArray(), hash);
        var pair = (byte a, byte b) => $"{Consonants[a % Consonants.Length]}{Vowels[b % Vowels.Length]}";
        return $"{pair(hash[0], hash[1])}{pair(hash[2], hash[3])}-{pair(hash[4], hash[5])}{pair(hash[6], hash[7])}-{hash[8] % 100:00}";
    }
}
