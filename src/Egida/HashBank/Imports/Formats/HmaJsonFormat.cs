using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>Contents of a bank of Meta's HMA with their signals, as its curation interface gives them (<c>include_signals=true</c>): a list of them, or one a line.</summary>
internal sealed class HmaJsonFormat(int bufferSize = ByteWindow.Size) : JsonEntries(list: null, bufferSize)
{
    public override string Name => "hma";

    protected override Entry BeginEntry() => new Content();

    private sealed class Content : Entry
    {
        private bool hasSignals;

        protected override void Begin() => hasSignals = false;

        protected override bool Take(ref JsonFeed.Cursor json, ItemDraft draft)
        {
            if (json.IsNamed("id"u8))
            {
                json.Read();
                var id = json.Token is JsonTokenType.Number or JsonTokenType.String ? Encoding.UTF8.GetString(draft.Text(json.Text(), 60, "id")) : "";
                draft.Key = id.Length > 0 ? id : null;
                json.Skip();
                return true;
            }

            if (!json.IsNamed("signals"u8))
            {
                return false;
            }

            json.Read();
            if (hasSignals)
            {
                draft.Refuse("duplicate-field", "The entry has its signals twice.");
            }

            hasSignals = true;
            if (json.Token == JsonTokenType.StartObject)
            {
                Signals(ref json, draft);
            }
            else
            {
                json.Skip();
            }

            return true;
        }

        protected override void End(ItemDraft draft)
        {
        }

        private static void Signals(ref JsonFeed.Cursor json, ItemDraft draft)
        {
            while (json.Read() && json.Token != JsonTokenType.EndObject)
            {
                var name = json.Text().ToArray();
                json.Read();
                if (json.IsCut || json.Token != JsonTokenType.String)
                {
                    draft.Refuse("wrong-type", "A signal isn't a text, or is longer than any.");
                    json.Skip();
                }
                else
                {
                    SignalNames.Take(draft, name, json.Text());
                }
            }
        }
    }
}
