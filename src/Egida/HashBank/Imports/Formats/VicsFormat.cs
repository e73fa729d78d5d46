using System.Diagnostics;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// VICS 1.2, 1.3 and 2.0: JSON with the entries in <c>value</c>, or in <c>Media</c> of the cases there. Tolerant, as programs that write it differ: truth as text, a byte
/// order mark, upper case, fields that nobody knows. Place: the entry's number.
/// </summary>
internal sealed class VicsFormat(VicsCategories categories, int bufferSize = ByteWindow.Size) : IImportFormat
{
    public string Name => "vics";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var reading = new Reading(new JsonFeed(Utf8File.Open(file), bufferSize), new VicsMedia(categories));
        List<ImportRow> rows = [];
        while (reading.Next(rows))
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }
    }

    private sealed class Reading(JsonFeed feed, VicsMedia media)
    {
        private enum Level
        {
            Before,
            Root,

            /// <summary>In `value`, whose entries are files or cases.</summary>
            Values,

            /// <summary>Among the fields of a case.</summary>
            Case,

            /// <summary>In a case's `Media`.</summary>
            CaseMedia,
            After,
        }

        private Level level;
        private bool isRootCase;

        /// <returns>False at the end.</returns>
        public bool Next(List<ImportRow> rows)
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
                    case Level.Before:
                        level = json.Token == JsonTokenType.StartObject ? Level.Root
                            : throw new ImportRefusedException("This isn't VICS: its JSON begins with something else than an object. Which form is it?");
                        break;
                    case Level.Root:
                        Root(ref json);
                        break;
                    case Level.Values or Level.CaseMedia:
                        Entry(ref json, rows);
                        break;
                    case Level.Case:
                        Case(ref json);
                        break;
                    default:
                        throw new UnreachableException();
                }
            }

            json.Close();
            return true;
        }

        private void Root(ref JsonFeed.Cursor json)
        {
            if (json.Token == JsonTokenType.EndObject)
            {
                level = Level.After;
            }
            else if (json.IsNamed("odata.metadata"u8) || json.IsNamed("@odata.context"u8))
            {
                json.Read();
                media.Scheme = json.Token == JsonTokenType.String ? VicsContext.SchemeOf(json.Text()) : null;
            }
            else if (json.IsNamed("value"u8))
            {
                Descend(ref json, Level.Values);
            }
            else if (json.IsNamed("Media"u8))
            {
                isRootCase = true;
                Descend(ref json, Level.CaseMedia);
            }
            else
            {
                json.Skip();
            }
        }

        private void Case(ref JsonFeed.Cursor json)
        {
            if (json.Token == JsonTokenType.EndObject)
            {
                level = Level.Values;
            }
            else if (json.IsNamed("Media"u8))
            {
                Descend(ref json, Level.CaseMedia);
            }
            else
            {
                json.Skip();
            }
        }

        private void Descend(ref JsonFeed.Cursor json, Level into)
        {
            json.Read();
            if (json.Token == JsonTokenType.StartArray)
            {
                level = into;
            }
            else if (json.Token != JsonTokenType.Null)
            {
                throw new ImportRefusedException("This isn't VICS: `value` and `Media` are lists there.");
            }
        }

        private void Entry(ref JsonFeed.Cursor json, List<ImportRow> rows)
        {
            if (json.Token == JsonTokenType.EndArray)
            {
                level = level == Level.Values || isRootCase ? Level.Root : Level.Case;
                return;
            }

            if (json.Token != JsonTokenType.StartObject)
            {
                json.Skip();
                rows.Add(new ImportRow.Refused("no-entry", "There is something else than an entry among the entries.") { Place = ++feed.Entries });
            }
            else if (media.Read(ref json, mayBeCase: level == Level.Values))
            {
                media.Finish(++feed.Entries, rows);
            }
            else
            {
                level = Level.CaseMedia;
            }
        }
    }
}
