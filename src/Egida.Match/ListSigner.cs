using System.Security.Cryptography;
using Egida.Match.Notes;

namespace Egida.Match;

/// <summary>Signs lists. The private key stays the caller's.</summary>
/// <param name="name">The key's name, such as <c>hotline.example/lists</c>.</param>
/// <param name="key">A key pair on the curve P-256.</param>
public sealed class ListSigner(string name, ECDsa key)
{
    /// <summary>What recipients check with.</summary>
    public ListKey Key { get; } = ListKey.Of(name, key);

    internal NoteSignature Sign(string text) =>
        new(Key.Name, Key.Id, key.SignData(NoteText.Bytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
