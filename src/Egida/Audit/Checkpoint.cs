using System.Security.Cryptography;
using System.Text;

namespace Egida.Audit;

/// <summary>
/// A statement about the log in the form of C2SP tlog-checkpoint: origin, size, root. Signed with ECDSA P-256 over the body
/// (signature type 0x02 of C2SP signed-note; .NET 10 offers no Ed25519 on this platform).
/// </summary>
internal static class Checkpoint
{
    public const string Origin = "egida/audit";

    public static string Body(long size, ReadOnlySpan<byte> root) => $"{Origin}\n{size}\n{Convert.ToBase64String(root)}\n";

    public static byte[] Sign(ECDsa key, long size, ReadOnlySpan<byte> root) =>
        key.SignData(Encoding.UTF8.GetBytes(Body(size, root)), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public static bool Holds(ECDsa key, long size, ReadOnlySpan<byte> root, byte[] signature) =>
        key.VerifyData(Encoding.UTF8.GetBytes(Body(size, root)), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>The whole note: body, empty line, «— name base64(key id ‖ signature)». The key id is the first 4 bytes of SHA-256 of the key's SPKI.</summary>
    public static string Note(ECDsa key, long size, ReadOnlySpan<byte> root, byte[] signature)
    {
        var id = SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4];
        return $"{Body(size, root)}\n\u2014 {Origin} {Convert.ToBase64String([.. id, .. signature])}\n";
    }
}
