using System.Text;
using Egida.Match.Format;
using Egida.Match.Notes;

namespace Egida.Match.Reading;

/// <summary>The note at the begin of a list's file, its signature checked, and where the body begins.</summary>
internal sealed record FileFront(SignedHeader Signed, string Note, long BodyAt)
{
    /// <exception cref="ListRefusedException">It isn't a list, or not one that the key has signed.</exception>
    public static FileFront Read(string path, Stream stream, ListTrust trust)
    {
        var bytes = new byte[SignedHeader.MostBytes];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var note = NoteAtBegin(path, bytes.AsSpan(0, read));
        if (NoteText.Split(note) is not { } parts) throw ListRefusedException.Damaged(path, "its header isn't a signed note");

        RequireSignature(path, parts.Text, parts.Signatures, trust);
        var signed = HeaderText.Read(parts.Text) ?? throw ListRefusedException.Newer(path, "its header has fields that aren't known here");
        var length = Encoding.UTF8.GetByteCount(note);
        var bodyAt = ListSection.Align(length);
        if (stream.Length != bodyAt + signed.BodyLength)
            throw ListRefusedException.Damaged(path, $"it has {stream.Length} bytes and not {bodyAt + signed.BodyLength}");
        if (bodyAt > read || bytes.AsSpan(length, (int)bodyAt - length).ContainsAnyExcept((byte)0))
            throw ListRefusedException.Damaged(path, "there is something between header and body");
        return new(signed, note, bodyAt);
    }

    // A note ends with a line of signatures; behind it there are zeros, or the body at once.
    private static string NoteAtBegin(string path, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(NoteText.Bytes(SignedHeader.FirstLineOfAnyVersion))) throw ListRefusedException.NotAList(path);
        if (!bytes.StartsWith(NoteText.Bytes(SignedHeader.FirstLine + "\n")))
        {
            // A higher number is another version; anything else was a 1 once.
            var first = bytes[SignedHeader.FirstLineOfAnyVersion.Length..];
            var isNumber = first.IndexOf((byte)'\n') is var end and > 0 and < 5 && !first[..end].ContainsAnyExceptInRange((byte)'0', (byte)'9');
            throw isNumber ? ListRefusedException.Newer(path, "another version of the format") : ListRefusedException.NotAList(path);
        }
        var separator = bytes.IndexOf(NoteText.Bytes(NoteText.Separator));
        if (separator < 0) throw ListRefusedException.Damaged(path, "its header has no signature");
        var signatures = bytes[(separator + 2)..];
        var zero = signatures.IndexOf((byte)0);
        var note = bytes[..(zero < 0 ? bytes.Length : separator + 2 + zero)];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(note);
        }
        catch (DecoderFallbackException)
        {
            throw ListRefusedException.Damaged(path, "its header isn't text");
        }
    }

    private static void RequireSignature(string path, string text, IReadOnlyList<NoteSignature> signatures, ListTrust trust)
    {
        var ours = (from key in trust.Keys from signature in signatures where signature.Name == key.Name && signature.KeyId == key.Id select (Key: key, Signature: signature)).ToList();
        if (ours.Count == 0)
        {
            throw new ListRefusedException(ListProblem.WrongSigner, path, $"isn't signed with the key of '{trust.Key.Name}' that is trusted here",
                "Don't use it. If the hotline has changed its key, get the new one on a safe way.");
        }
        // All of them: a line that can't be true says that somebody was at it.
        if (!ours.TrueForAll(one => one.Key.Holds(text, one.Signature)))
            throw ListRefusedException.Damaged(path, "its header was changed after it was signed");
    }
}
