using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// Pages of StopNCII's FetchHashes. Adults reported their own pictures: the labels say so, because it is no child abuse material (docs/partners/hash-sharing.md). A case that
/// was withdrawn or deleted is taken back.
/// </summary>
internal sealed class StopNciiFormat(int bufferSize = ByteWindow.Size) : JsonEntries("hashRecords", bufferSize)
{
    public const string Scheme = "stopncii";

    private static readonly Classification Adults = Classification.Of(Scheme, """{"age":["adult"],"origin":["self-reported"]}""");

    public override string Name => "stopncii";

    protected override Entry BeginEntry() => new HashRecordEntry();

    private sealed class HashRecordEntry : Entry
    {
        private byte[]? type, value, status;

        protected override void Begin() => type = value = status = null;

        protected override bool Take(ref JsonFeed.Cursor json, ItemDraft draft)
        {
            var (isType, isValue) = (json.IsNamed("signalType"u8), json.IsNamed("hashValue"u8));
            if (!isType && !isValue && !json.IsNamed("hashStatus"u8))
            {
                return false;
            }

            json.Read();
            if (json.IsCut || json.Token != JsonTokenType.String)
            {
                draft.Refuse("wrong-type", "The entry's hash, type or status isn't a text.");
                json.Skip();
            }
            else if ((isType ? type : isValue ? value : status) is not null)
            {
                draft.Refuse("duplicate-field", "The entry has a field twice.");
            }
            else
            {
                _ = isType ? type = json.Text().ToArray() : isValue ? value = json.Text().ToArray() : status = json.Text().ToArray();
            }

            return true;
        }

        protected override void End(ItemDraft draft)
        {
            var kind = Is(type, "ImagePDQ"u8) ? HashKind.Pdq : Is(type, "VideoMD5"u8) ? HashKind.Md5 : (HashKind?)null;
            if (kind is null && !Is(type, "VideoTMK"u8))
            {
                draft.Refuse("unknown-kind", "The entry isn't a hash of an item but a text or an address, or doesn't say what it is; none of these is kept here.");
                return;
            }

            if (kind is { } known)
            {
                draft.Hash(known, value ?? []);
            }
            else
            {
                draft.Other("TMK"u8, value ?? []);
            }

            if (Is(status, "Withdrawn"u8) || Is(status, "Deleted"u8))
            {
                draft.Says = Says.TakesBack;
            }
            else if (Is(status, "Active"u8) || Is(status, "Received"u8))
            {
                draft.Classification = Adults;
            }
            else
            {
                draft.Refuse("unknown-status", "The entry's status is none that is known here.");
            }
        }

        private static bool Is(byte[]? text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
    }
}
