using System.Buffers.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>`{"HashName": …, "HashValue": …}`: a further hash of the entry's file, in either order of the two.</summary>
internal static class VicsAlternativeHash
{
    public static void Read(ref JsonFeed.Cursor json, ItemDraft draft)
    {
        byte[]? name = null, value = null;
        int? quality = null;
        while (json.Read() && json.Token != JsonTokenType.EndObject)
        {
            var isName = json.IsNamed("HashName"u8);
            var isValue = json.IsNamed("HashValue"u8);
            var isQuality = json.IsNamed("Quality"u8);
            if (!isName && !isValue && !isQuality)
            {
                json.Skip();
                continue;
            }

            json.Read();
            if (json.IsCut || json.Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                draft.Refuse(json.IsCut ? "too-long" : "wrong-type", "An alternative hash is no text, or longer than any.");
                json.Skip();
            }
            else if ((isName && name is not null) || (isValue && value is not null))
            {
                draft.Refuse("duplicate-field", "An alternative hash has a field twice.");
            }
            else if (isQuality)
            {
                quality = Utf8Parser.TryParse(json.Text(), out int number, out _) ? number : null;
            }
            else if (json.Token != JsonTokenType.Null)
            {
                _ = isName ? name = json.Text().ToArray() : value = json.Text().ToArray();
            }
        }

        if (value is null || name is null)
        {
            return;
        }

        if (HashNames.KindOf(name) is not { } kind)
        {
            draft.Other(name, value);
            return;
        }

        draft.Quality = kind == HashKind.Pdq ? quality ?? draft.Quality : draft.Quality;
        draft.Hash(kind, value);
    }
}
