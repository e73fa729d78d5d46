namespace Egida.Match.Notes;

/// <summary>One signature under a note.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="KeyId">The first four bytes of a digest of the key, to tell keys of one name apart.</param>
/// <param name="Bytes">The signature itself.</param>
internal sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes)
{
    private const int KeyIdLength = sizeof(uint);

    public static NoteSignature? Parse(string text)
    {
        var space = text.IndexOf(' ');
        if (space < 0 || !NoteText.IsName(text[..space])) return null;

        var encoded = text[(space + 1)..];
        var bytes = new byte[encoded.Length];
        // What decodes must be what encodes: white space and loose bits at the end would be a second spelling.
        return Convert.TryFromBase64String(encoded, bytes, out var length) && length > KeyIdLength && Convert.ToBase64String(bytes.AsSpan(0, length)) == encoded
            ? new(text[..space], System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[KeyIdLength..length])
            : null;
    }

    public override string ToString()
    {
        var bytes = new byte[KeyIdLength + Bytes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes, KeyIdLength);
        return $"{Name} {Convert.ToBase64String(bytes)}";
    }
}
