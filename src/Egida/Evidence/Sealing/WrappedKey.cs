using System.Security.Cryptography;
using System.Text;

namespace Egida.Evidence.Sealing;

/// <summary>
/// A key under a key: AES-256-GCM, nonce ‖ ciphertext ‖ tag (60 bytes for a 256-bit key). The associated data says what the key is for, so that a
/// wrapped key moved to another row opens nothing.
/// </summary>
internal static class WrappedKey
{
    public static byte[] Wrap(ReadOnlySpan<byte> under, ReadOnlySpan<byte> key, string purpose)
    {
        var wrapped = new byte[SealedFormat.NonceSize + key.Length + SealedFormat.TagSize];
        var nonce = wrapped.AsSpan(0, SealedFormat.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(under, SealedFormat.TagSize);
        cipher.Encrypt(nonce, key, wrapped.AsSpan(nonce.Length, key.Length), wrapped.AsSpan(nonce.Length + key.Length), Encoding.UTF8.GetBytes(purpose));
        return wrapped;
    }

    /// <exception cref="SealBrokenException">Not wrapped under this key for this purpose.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> under, ReadOnlySpan<byte> wrapped, string purpose)
    {
        if (wrapped.Length != SealedFormat.NonceSize + SealedFormat.KeySize + SealedFormat.TagSize)
        {
            throw new SealBrokenException("The wrapped key has the wrong length.");
        }

        var key = new byte[SealedFormat.KeySize];
        using var cipher = new AesGcm(under, SealedFormat.TagSize);
        try
        {
            cipher.Decrypt(
                wrapped[..SealedFormat.NonceSize], wrapped.Slice(SealedFormat.NonceSize, key.Length), wrapped[^SealedFormat.TagSize..], key, Encoding.UTF8.GetBytes(purpose));
            return key;
        }
        catch (CryptographicException)
        {
            throw new SealBrokenException("The wrapped key wasn't made for this object.");
        }
    }
}
