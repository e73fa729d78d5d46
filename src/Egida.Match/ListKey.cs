using System.Buffers.Binary;
using System.Security.Cryptography;
using Egida.Match.Notes;

namespace Egida.Match;

/// <summary>
/// Who signs lists: a name and an ECDSA P-256 key. As text it is a verifier key of C2SP signed-note, one line that the recipient gets on another way
/// than the lists: <c>name+key id+base64</c>.
/// </summary>
public sealed class ListKey
{
    // Of https://c2sp.org/signed-note: ECDSA with SHA-256 in DER; the key id is of the key's SPKI.
    private const byte EcdsaType = 0x02;

    private readonly byte[] _spki;

    private ListKey(string name, byte[] spki) => (Name, _spki, Id) = (name, spki, BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(spki)));

    /// <summary>The signer's name, such as <c>hotline.example/lists</c>.</summary>
    public string Name { get; }

    internal uint Id { get; }

    /// <summary>The public half of a signer's key.</summary>
    /// <param name="name">Its name: no spaces, no plus.</param>
    /// <param name="key">A key on the curve P-256.</param>
    /// <exception cref="ArgumentException">The name isn't one, or the key is of another curve.</exception>
    public static ListKey Of(string name, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(key);
        if (!NoteText.IsName(name)) throw new ArgumentException("A key's name is one word without spaces and without '+', such as hotline.example/lists.", nameof(name));
        if (key.KeySize != 256) throw new ArgumentException($"Lists are signed with a key on the curve P-256, not one of {key.KeySize} bits.", nameof(key));
        return new(name, key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It isn't one; the message says what is wrong.</exception>
    public static ListKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3 || !NoteText.IsName(parts[0])) throw new FormatException("A key for lists is one line: name+key id+base64. Ask the hotline for it again.");
        // One spelling for each key: then every misprint shows.
        return Read(parts) is { } key && key.ToString() == text.Trim()
            ? key
            : throw new FormatException($"The key of '{parts[0]}' has a misprint, or is of a kind that this version can't read. Ask the hotline for it again.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([EcdsaType, .. _spki])}";

    internal bool Holds(string text, NoteSignature signature)
    {
        using var key = Import(_spki)!;
        return key.VerifyData(NoteText.Bytes(text), signature.Bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ListKey? Read(string[] parts)
    {
        var bytes = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], bytes, out var length) || length < 1 || bytes[0] != EcdsaType) return null;
        using var key = Import(bytes.AsSpan(1, length - 1));
        return key is { KeySize: 256 } ? Of(parts[0], key) : null;
    }

    private static ECDsa? Import(ReadOnlySpan<byte> spki)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }
}
