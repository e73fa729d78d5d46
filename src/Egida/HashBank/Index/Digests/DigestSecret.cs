using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Egida.HashBank.Index.Digests;

/// <summary>
/// Makes the keys of one index: 48 bits of a hash of kind and value, whatever its length, that only who knows the secret can foresee. So nobody can make a list whose
/// hashes all fall into one place.
/// </summary>
internal readonly record struct DigestSecret(ulong First, ulong Second)
{
    public const int KeyBits = 48;

    private const int Word = sizeof(ulong);

    public static DigestSecret New()
    {
        var bytes = RandomNumberGenerator.GetBytes(2 * Word);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(bytes) | 1, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(Word)) | 1);
    }

    public ulong KeyOf(HashKind kind, ReadOnlySpan<byte> value)
    {
        var sum = Fold(First ^ (ulong)kind, Second ^ (ulong)value.Length);
        for (; value.Length >= 2 * Word; value = value[(2 * Word)..])
        {
            sum = Take(sum, value);
        }

        if (!value.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[2 * Word];
            rest.Clear();
            value.CopyTo(rest);
            sum = Take(sum, rest);
        }

        return Fold(sum ^ Second, First) >> (64 - KeyBits);
    }

    private ulong Take(ulong sum, ReadOnlySpan<byte> words) =>
        Fold(BinaryPrimitives.ReadUInt64LittleEndian(words) ^ First, BinaryPrimitives.ReadUInt64LittleEndian(words[Word..]) ^ sum);

    /// <summary>Both halves of the product: every bit of either number reaches every bit.</summary>
    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out var low) ^ low;
}
