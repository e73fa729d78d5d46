using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>The kinds of signal in exports of HMA and of `threatexchange`: `pdq`, `video_md5`, `photodna` …</summary>
internal static class SignalNames
{
    /// <summary>Signals that aren't hashes of an item: what people typed, and addresses. They aren't kept, not even as text.</summary>
    private static readonly string[] NoItems = ["raw_text", "text_tlsh", "trend_query", "url", "url_md5", "text", "tlsh", "pdf"];

    public static void Take(ItemDraft draft, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (HashNames.KindOf(name) is { } kind)
        {
            draft.Hash(kind, value);
        }
        else if (name.Length > 40 || NoItems.Contains(Encoding.Latin1.GetString(name), StringComparer.OrdinalIgnoreCase))
        {
            draft.LeaveOut("unknown-kind", "Left out: it isn't a hash of an item but a text or an address.");
        }
        else
        {
            draft.Other(name, value);
        }
    }
}
