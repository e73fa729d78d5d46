using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// A JSON document of any length, token by token. A text longer than the window is passed over and reads as an empty one, so that one field can't take the memory or
/// the rows behind it.
/// </summary>
/// <param name="manyDocuments">One document may follow another, as pages of an answer that were kept one behind the other.</param>
internal sealed class JsonFeed(Stream utf8, int size = ByteWindow.Size, bool manyDocuments = false)
{
    private const int Deepest = 64;

    private readonly ByteWindow window = new(utf8, size);
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = Deepest, AllowTrailingCommas = true, AllowMultipleValues = manyDocuments });

    /// <summary>The text that comes next was too long and is given as an empty one.</summary>
    private bool isCut;

    /// <summary>How many entries were read: says where, when the file makes no sense.</summary>
    public long Entries { get; set; }

    public Cursor Open() => new(this);

    /// <summary>Where reading is. Within one entry; <see cref="Close"/> keeps the place for the next one.</summary>
    internal ref struct Cursor
    {
        private readonly JsonFeed feed;
        private Utf8JsonReader reader;
        private byte[]? unescaped;

        public Cursor(JsonFeed feed)
        {
            this.feed = feed;
            reader = new Utf8JsonReader(feed.window.Bytes, feed.window.IsEnd, feed.state);
        }

        public readonly JsonTokenType Token => reader.TokenType;

        public readonly int Depth => reader.CurrentDepth;

        /// <summary>This text was longer than any that is kept here.</summary>
        public bool IsCut { get; private set; }

        /// <returns>False at the end of the document.</returns>
        /// <exception cref="ImportRefusedException">There is no JSON any more.</exception>
        public bool Read()
        {
            IsCut = false;
            try
            {
                while (!reader.Read())
                {
                    if (feed.window.IsEnd)
                    {
                        return false;
                    }

                    feed.Advance(ref reader);
                }
            }
            catch (JsonException)
            {
                throw feed.Refused(reader.CurrentDepth, feed.window.Offset + reader.BytesConsumed);
            }

            if (feed.isCut && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                (IsCut, feed.isCut) = (feed.isCut, false);
            }

            return true;
        }

        /// <summary>The text of this token: a string without its escapes, a number or a word as it stands. Until the next <see cref="Read"/>.</summary>
        public ReadOnlySpan<byte> Text()
        {
            if (!reader.ValueIsEscaped)
            {
                return reader.ValueSpan;
            }

            if (unescaped is null || unescaped.Length < reader.ValueSpan.Length)
            {
                unescaped = new byte[reader.ValueSpan.Length];
            }

            try
            {
                return unescaped.AsSpan(0, reader.CopyString(unescaped));
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: a text that nobody can mean.
                return "\0"u8;
            }
        }

        /// <summary>Is this property called so? In any case, because programs differ.</summary>
        public bool IsNamed(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Text(), name);

        /// <summary>Passes over the value that comes, however deep.</summary>
        public void Skip()
        {
            if (reader.TokenType == JsonTokenType.PropertyName && !Read())
            {
                return;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                var depth = reader.CurrentDepth;
                while (Read() && reader.CurrentDepth > depth)
                {
                }
            }
        }

        public readonly void Close()
        {
            feed.window.Consume((int)reader.BytesConsumed);
            feed.state = reader.CurrentState;
        }
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        window.Consume((int)reader.BytesConsumed);
        state = reader.CurrentState;
        if (!window.Fill() && !window.IsEnd)
        {
            PassOver();
        }

        reader = new Utf8JsonReader(window.Bytes, window.IsEnd, state);
    }

    /// <summary>The window is full and no token ends in it.</summary>
    private void PassOver()
    {
        var opening = window.Bytes.IndexOf((byte)'"');
        if (opening < 0 || window.Bytes[..opening].IndexOfAnyExcept(" \t\r\n,:"u8) >= 0)
        {
            throw new ImportRefusedException($"Behind entry {Entries}, near byte {window.Offset}, there is no JSON: a number, a word or a gap of more than {ByteWindow.Most} bytes.");
        }

        var before = window.Bytes[..opening].ToArray();
        window.Consume(opening + 1);
        var isEscaped = false;
        while (true)
        {
            var at = isEscaped ? 0 : window.Bytes.IndexOfAny((byte)'"', (byte)'\\');
            if (at < 0 || at >= window.Bytes.Length)
            {
                window.Consume(window.Bytes.Length);
                if (!window.Fill())
                {
                    throw Truncated();
                }
            }
            else if (isEscaped || window.Bytes[at] == '\\')
            {
                isEscaped = !isEscaped;
                window.Consume(at + 1);
            }
            else
            {
                window.Consume(at + 1);
                break;
            }
        }

        window.PutBack([.. before, (byte)'"', (byte)'"']);
        isCut = true;
    }

    private ImportRefusedException Refused(int depth, long at) => depth >= Deepest - 1
        ? new ImportRefusedException($"Behind entry {Entries}, near byte {at}, values are nested deeper than {Deepest}. Nothing of this kind is.")
        : IsWhole() ? Truncated()
        : new ImportRefusedException($"Behind entry {Entries}, near byte {at}, the file isn't JSON. Ask who sent it for a whole one.");

    /// <summary>Whether all there is could be the beginning of JSON: then it was cut off.</summary>
    private bool IsWhole()
    {
        try
        {
            var again = new Utf8JsonReader(window.Bytes, isFinalBlock: false, state);
            while (again.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ImportRefusedException Truncated() =>
        new($"The file ends in the middle, behind entry {Entries}: it was cut off. Get it again; what was read so far is kept.");
}
