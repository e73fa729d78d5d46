using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// Pages of ThreatExchange's `threat_updates`, as its interface sends them. What nobody calls harmful any more is taken back, as what is deleted; addresses, texts and
/// searches aren't hashes of items and are refused.
/// </summary>
internal sealed class ThreatExchangeFormat(int bufferSize = ByteWindow.Size) : JsonEntries("data", bufferSize)
{
    public const string Scheme = "threatexchange";

    public override string Name => "threatexchange";

    /// <returns>Null for what is no hash of an item.</returns>
    internal static HashKind? KindOf(ReadOnlySpan<byte> type) =>
        Ascii.EqualsIgnoreCase(type, "HASH_PDQ"u8) ? HashKind.Pdq
        : Ascii.EqualsIgnoreCase(type, "HASH_MD5"u8) || Ascii.EqualsIgnoreCase(type, "HASH_VIDEO_MD5"u8) ? HashKind.Md5
        : Ascii.EqualsIgnoreCase(type, "HASH_SHA256"u8) || Ascii.EqualsIgnoreCase(type, "HASH_VIDEO_SHA256"u8) ? HashKind.Sha256
        : Ascii.EqualsIgnoreCase(type, "HASH_SHA1"u8) || Ascii.EqualsIgnoreCase(type, "HASH_VIDEO_SHA1"u8) ? HashKind.Sha1
        : null;

    protected override Entry BeginEntry() => new Update();

    private sealed class Update : Entry
    {
        private readonly SharedClassifications shared = new();
        private readonly ThreatOpinions opinions = new();
        private byte[]? indicator, type;
        private string? id;
        private bool isDeleted;

        protected override void Begin()
        {
            (indicator, type, id, isDeleted) = (null, null, null, false);
            opinions.Clear();
        }

        protected override bool Take(ref JsonFeed.Cursor json, ItemDraft draft)
        {
            if (json.IsNamed("descriptors"u8))
            {
                opinions.Read(ref json);
                return true;
            }

            var (isIndicator, isType, isId) = (json.IsNamed("indicator"u8), json.IsNamed("type"u8), json.IsNamed("id"u8));
            if (!isIndicator && !isType && !isId && !json.IsNamed("should_delete"u8))
            {
                return false;
            }

            json.Read();
            if (json.IsCut || json.Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                draft.Refuse("wrong-type", "The entry's hash, type or id isn't a text.");
                json.Skip();
            }
            else if ((isIndicator && indicator is not null) || (isType && type is not null) || (isId && id is not null))
            {
                draft.Refuse("duplicate-field", "The entry has a field twice.");
            }
            else if (isIndicator)
            {
                indicator = json.Text().ToArray();
            }
            else if (isType)
            {
                type = json.Text().ToArray();
            }
            else if (isId)
            {
                id = Encoding.UTF8.GetString(draft.Text(json.Text(), 60, "id"));
            }
            else
            {
                isDeleted = Truth.Of(json.Text()) is true;
            }

            return true;
        }

        protected override void End(ItemDraft draft)
        {
            draft.Key = id is { Length: > 0 } ? id : null;
            var says = isDeleted ? Says.TakesBack : opinions.Says;
            if (draft.Key is not null && says == Says.TakesBack)
            {
                draft.Says = says;
                return;
            }

            if (KindOf(type ?? []) is not { } kind)
            {
                draft.Refuse("unknown-kind", "The entry isn't a hash of an item but an address, a text or a search; none of these is kept here.");
                return;
            }

            draft.Says = says;
            draft.Hash(kind, indicator ?? []);
            draft.Classification = says == Says.TakesBack ? null : shared.Get(Scheme, opinions.Words, null, ThreatOpinions.LabelsOf);
        }
    }
}
