using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Egida.HashBank.Lists;

namespace Egida.Blocking.Publishing;

/// <summary>
/// One signed text for all forms of a version (docs/decisions/0171): its number, its times, and the SHA-256 of each file. The form is that of the lists of hashes, a
/// signed note (https://c2sp.org/signed-note), and so are the keys.
/// </summary>
internal static class SignedSummary
{
    public static string TextOf(ListSnapshot list)
    {
        var text = new StringBuilder($"{list.Series}\n");
        text.Append(CultureInfo.InvariantCulture, $"version {list.Number}\nmade {ListFormats.Instant(list.MadeAt)}\nvalid-until {ListFormats.Instant(list.ValidUntil)}\n");
        foreach (var format in ListFormats.All.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{format.File} {Convert.ToHexStringLower(SHA256.HashData(format.Bytes(list)))}\n");
        }

        return text.ToString();
    }

    /// <param name="signing">Those that sign now: the oldest is the one that everybody has.</param>
    public static string Sign(string text, IReadOnlyList<HashListKey> signing, ListKeys keys)
    {
        var note = new StringBuilder(text).Append('\n');
        foreach (var key in signing)
        {
            using var pair = keys.Pair(key);
            // The line is name+key id+key; the id stands before the signature, so that a reader takes the right key.
            var parts = key.Line.Split('+', 3);
            var signature = pair.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            var signed = new byte[sizeof(uint) + signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(signed, uint.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            signature.CopyTo(signed, sizeof(uint));
            note.Append(CultureInfo.InvariantCulture, $"\u2014 {parts[0]} {Convert.ToBase64String(signed)}\n");
        }

        return note.ToString();
    }
}
