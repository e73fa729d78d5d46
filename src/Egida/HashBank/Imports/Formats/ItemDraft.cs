using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// One row while it is read, used again for the next. A wrong digest refuses the row: it can't be known which item it means. A wrong look, or a mark that
/// isn't understood, is left out and said: the digests still protect (docs/decisions/0105).
/// </summary>
internal sealed class ItemDraft
{
    /// <summary>What a kind that isn't known here may have as its text.</summary>
    private const int LongestOther = 4096;

    private const int LongestName = 40;

    private readonly List<(HashKind Kind, string? Name, byte[] Value, byte? Quality)> further = [];
    private readonly List<(string Code, string Detail)> leftOut = [];
    private byte[]? md5, sha1, sha256, pdq;
    private (string Code, string Detail)? refused;

    public string? Key { get; set; }

    public Says Says { get; set; } = Says.Known;

    public Classification? Classification { get; set; }

    public RecordFlags Flags { get; set; }

    /// <summary>Of the PDQ, where the form gives one.</summary>
    public int? Quality { get; set; }

    public void Clear()
    {
        further.Clear();
        leftOut.Clear();
        md5 = sha1 = sha256 = pdq = null;
        refused = null;
        (Key, Says, Classification, Flags, Quality) = (null, Says.Known, null, RecordFlags.None, null);
    }

    /// <summary>The first reason counts.</summary>
    public void Refuse(string code, string detail) => refused ??= (code, detail);

    public void LeaveOut(string code, string detail) => leftOut.Add((code, detail));

    /// <summary>An empty text is no hash.</summary>
    public void Hash(HashKind kind, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (HashBytes.Read(kind, text, out var bad) is { } value)
        {
            Take(kind, value);
        }
        else if (kind <= HashKind.Sha256)
        {
            Refuse(bad!.Code, bad.Detail);
        }
        else
        {
            LeaveOut(bad!.Code, $"Left out: {bad.Detail}");
        }
    }

    public void Take(HashKind kind, byte[] value)
    {
        switch (kind)
        {
            case HashKind.Md5:
                Digest(ref md5, value);
                break;
            case HashKind.Sha1:
                Digest(ref sha1, value);
                break;
            case HashKind.Sha256:
                Digest(ref sha256, value);
                break;
            case HashKind.Pdq when pdq is null:
                pdq = value;
                break;
            case HashKind.Pdq when pdq.AsSpan().SequenceEqual(value):
                break;
            default:
                further.Add((kind, null, value, null));
                break;
        }
    }

    /// <summary>A kind that this version doesn't know, kept as text under its contributor's name for it.</summary>
    public void Other(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (name.Length is 0 or > LongestName || text.Length > LongestOther || !System.Text.Unicode.Utf8.IsValid(name) || !System.Text.Unicode.Utf8.IsValid(text))
        {
            LeaveOut("unknown-kind", $"Left out: a hash of a kind that isn't known here, whose name is longer than {LongestName} or whose text is longer than {LongestOther} bytes, or isn't UTF-8.");
            return;
        }

        further.Add((HashKind.Other, Encoding.UTF8.GetString(name), text.ToArray(), null));
    }

    /// <summary>A text about the item, such as a series' name; empty if it is none that should be kept.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> text, int longest, string what)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return text;
        }

        // As spreadsheets mark a text that isn't a formula although it looks like one.
        var isMarked = text is [(byte)'\'', (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\'', ..];
        text = isMarked ? text[1..] : text;
        var problem = text.Length > 4 * longest ? "too-long"
            : !System.Text.Unicode.Utf8.IsValid(text) ? "wrong-encoding"
            : !isMarked && text[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' ? "formula"
            : text.IndexOfAnyInRange((byte)0, (byte)31) >= 0 ? "control-characters"
            : Encoding.UTF8.GetCharCount(text) > longest ? "too-long"
            : null;
        if (problem is null)
        {
            return text;
        }

        LeaveOut(problem, $"Left out: the {what} isn't a plain text of at most {longest} characters.");
        return [];
    }

    /// <summary>Adds what became of the row: an item or a refusal, and behind an item what of it was left out.</summary>
    public void Finish(long place, List<ImportRow> rows)
    {
        if (pdq is not null && refused is null && !HashText.ShowsSomething(pdq, Quality))
        {
            pdq = null;
            LeaveOut("low-quality", "Left out: PDQ of a picture that is almost flat, and would match any such.");
        }

        var hashes = new ItemHashes
        {
            Md5 = md5,
            Sha1 = sha1,
            Sha256 = sha256,
            Pdq = pdq,
            PdqQuality = pdq is not null && Quality is >= 0 and <= 100 ? (byte)Quality : null,
            Further = further.Count == 0 ? [] : [.. further],
        };
        if (refused is null && hashes.IsEmpty && !(Says == Says.TakesBack && Key is not null))
        {
            // If all it had was left out, that is the reason.
            refused = leftOut.Count > 0 ? leftOut[0] : ("no-hash", "The entry has no hash.");
            leftOut.Clear();
        }

        if (refused is var (code, detail))
        {
            rows.Add(new ImportRow.Refused(code, detail) { Place = place });
            return;
        }

        rows.Add(new ImportRow.Item { Place = place, Key = Key, Says = Says, Classification = Classification, Flags = Flags, Hashes = hashes });
        foreach (var (why, what) in leftOut)
        {
            rows.Add(new ImportRow.Refused(why, what) { Place = place });
        }
    }

    private void Digest(ref byte[]? mine, byte[] value)
    {
        if (mine is not null && !mine.AsSpan().SequenceEqual(value))
        {
            Refuse("contradiction", "The entry gives two different digests of one kind.");
        }

        mine ??= value;
    }
}
