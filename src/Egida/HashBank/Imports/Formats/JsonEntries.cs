using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// Entries in JSON: in the list of that name of an object, in a list, or one behind the other; documents may follow each other, as pages of an answer that were kept.
/// Place: the entry's number.
/// </summary>
/// <param name="list">The property that holds the entries; null if an object is an entry itself.</param>
internal abstract class JsonEntries(string? list, int bufferSize) : IImportFormat
{
    public abstract string Name { get; }

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var feed = new JsonFeed(Utf8File.Open(file), bufferSize, manyDocuments: true);
        var entry = BeginEntry();
        var draft = new ItemDraft();
        List<ImportRow> rows = [];
        var level = Level.Outside;
        while (Next(feed, ref level, entry, draft, rows))
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }
    }

    /// <summary>Reads entries of one file.</summary>
    protected abstract Entry BeginEntry();

    private enum Level
    {
        /// <summary>Between documents.</summary>
        Outside,
        Page,
        PageList,
        List,
    }

    internal abstract class Entry
    {
        /// <summary>Behind the opening brace; reads to the closing one.</summary>
        public void Read(ref JsonFeed.Cursor json, ItemDraft draft)
        {
            Begin();
            while (json.Read() && json.Token != JsonTokenType.EndObject)
            {
                if (!Take(ref json, draft))
                {
                    json.Skip();
                }
            }

            End(draft);
        }

        protected abstract void Begin();

        /// <summary>At a property's name.</summary>
        /// <returns>Whether its value was read.</returns>
        protected abstract bool Take(ref JsonFeed.Cursor json, ItemDraft draft);

        protected abstract void End(ItemDraft draft);
    }

    private bool Next(JsonFeed feed, ref Level level, Entry entry, ItemDraft draft, List<ImportRow> rows)
    {
        var json = feed.Open();
        while (rows.Count == 0)
        {
            if (!json.Read())
            {
                return false;
            }

            switch (level)
            {
                case Level.Outside when json.Token == JsonTokenType.StartArray:
                    level = Level.List;
                    break;
                case Level.Outside when json.Token == JsonTokenType.StartObject && list is not null:
                    level = Level.Page;
                    break;
                case Level.Outside when json.Token != JsonTokenType.StartObject:
                    throw new ImportRefusedException($"This isn't {Name}: behind entry {feed.Entries} there is something else than an object.");
                case Level.Page when json.Token == JsonTokenType.EndObject:
                case Level.List when json.Token == JsonTokenType.EndArray:
                    level = Level.Outside;
                    break;
                case Level.Page:
                    if (json.Depth == 1 && json.IsNamed(System.Text.Encoding.UTF8.GetBytes(list!)) && json.Read() && json.Token == JsonTokenType.StartArray)
                    {
                        level = Level.PageList;
                    }
                    else
                    {
                        json.Skip();
                    }

                    break;
                case Level.PageList when json.Token == JsonTokenType.EndArray:
                    level = Level.Page;
                    break;
                default:
                    One(feed, ref json, entry, draft, rows);
                    break;
            }
        }

        json.Close();
        return true;
    }

    private static void One(JsonFeed feed, ref JsonFeed.Cursor json, Entry entry, ItemDraft draft, List<ImportRow> rows)
    {
        draft.Clear();
        if (json.Token == JsonTokenType.StartObject)
        {
            entry.Read(ref json, draft);
        }
        else
        {
            json.Skip();
            draft.Refuse("no-entry", "There is something else than an entry among the entries.");
        }

        draft.Finish(++feed.Entries, rows);
    }
}
