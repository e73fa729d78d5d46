using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Police.Sealing;

/// <summary>
/// Handing the content's key to the holder of an elliptic-curve key: ephemeral-static ECDH, X9.63 KDF with SHA-256, AES-256 key wrap
/// (RFC 5753 §3.1, RFC 3394).
/// </summary>
internal static class KeyAgreement
{
    private const string StandardDhSha256Kdf = "1.3.132.1.11.1";
    private const string Aes256Wrap = "2.16.840.1.101.3.4.1.45";

    /// <summary>KeyAgreeRecipientInfo.</summary>
    public static byte[] For(X509Certificate2 certificate, ECDiffieHellman theirs, ReadOnlySpan<byte> contentKey)
    {
        using var ephemeral = ECDiffieHellman.Create(theirs.ExportParameters(includePrivateParameters: false).Curve);
        using var theirPublic = theirs.PublicKey;
        // One block of the KDF is exactly the key that is needed: SHA-256(Z ‖ 1 ‖ SharedInfo).
        var wrapping = ephemeral.DeriveKeyFromHash(theirPublic, HashAlgorithmName.SHA256, null, [0, 0, 0, 1, .. SharedInfo()]);
        var wrapped = Wrap(wrapping, contentKey);
        CryptographicOperations.ZeroMemory(wrapping);
        // OriginatorPublicKey has the form of a SubjectPublicKeyInfo under the tag [1].
        byte[] originator = [0xA1, .. ephemeral.PublicKey.ExportSubjectPublicKeyInfo().AsSpan(1)];
        return Ber.Encode(w =>
        {
            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            {
                w.WriteInteger(3);
                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    w.WriteEncodedValue(originator);
                }

                w.Algorithm(StandardDhSha256Kdf, p => p.Algorithm(Aes256Wrap));
                using (w.PushSequence())
                using (w.PushSequence())
                {
                    w.IssuerAndSerial(certificate);
                    w.WriteOctetString(wrapped);
                }
            }
        });
    }

    /// <summary>RFC 3394 §2.2.1; the key is a multiple of 64 bits.</summary>
    internal static byte[] Wrap(ReadOnlySpan<byte> under, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Key = under.ToArray();
        var n = key.Length / 8;
        var all = new byte[8 + key.Length];
        all.AsSpan(0, 8).Fill(0xA6);
        key.CopyTo(all.AsSpan(8));
        Span<byte> block = stackalloc byte[16];
        Span<byte> encrypted = stackalloc byte[16];
        for (var t = 1; t <= 6 * n; t++)
        {
            var register = all.AsSpan(8 * ((t - 1) % n + 1), 8);
            all.AsSpan(0, 8).CopyTo(block);
            register.CopyTo(block[8..]);
            aes.EncryptEcb(block, encrypted, PaddingMode.None);
            encrypted[8..].CopyTo(register);
            BinaryPrimitives.WriteUInt64BigEndian(all, BinaryPrimitives.ReadUInt64BigEndian(encrypted) ^ (ulong)t);
        }

        CryptographicOperations.ZeroMemory(block);
        return all;
    }

    /// <summary>ECC-CMS-SharedInfo (RFC 5753 §7.2): what the derived key is for, and its 256 bits.</summary>
    private static byte[] SharedInfo() => Ber.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.Algorithm(Aes256Wrap);
            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                w.WriteOctetString([0, 0, 1, 0]);
            }
        }
    });
}
