using System.Xml;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// Answers of NCMEC's Hash Sharing interface, version 2: entries and tombstones of images and videos. Place: the entry's number. An entry's key is its member's id and its
/// own, because only the two together are its name.
/// </summary>
internal sealed class NcmecFormat : IImportFormat
{
    public const string Namespace = "https://hashsharing.ncmec.org/hashsharing/v2";

    /// <summary>On the outermost element, where it is known: which environment's entries these are. It means other material in each.</summary>
    public const string Environment = "environment";

    /// <summary>No text of a file is so long; without a limit one attribute would take the memory.</summary>
    private const int LongestPiece = 4 << 20;
    private const int Deepest = 64;

    public string Name => "ncmec";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        using var reader = XmlReader.Create(new PiecewiseStream(file, LongestPiece), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersFromEntities = 1024,
        });
        var reading = new NcmecEntry(reader);
        List<ImportRow> rows = [];
        long entries = 0;
        while (Next(reading, reader, ref entries, rows))
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }
    }

    private static bool Next(NcmecEntry entry, XmlReader reader, ref long entries, List<ImportRow> rows)
    {
        try
        {
            while (rows.Count == 0)
            {
                if (!reader.Read())
                {
                    return false;
                }

                if (reader.Depth > Deepest)
                {
                    throw new ImportRefusedException($"Behind entry {entries} elements are nested deeper than {Deepest}. Nothing of this kind is.");
                }

                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (reader.Depth == 0)
                {
                    Root(reader, entry);
                }
                else if (NcmecEntry.IsEntry(reader.LocalName))
                {
                    entry.Read(++entries, rows);
                }
            }

            return true;
        }
        catch (XmlException e)
        {
            throw new ImportRefusedException($"Behind entry {entries}, in line {e.LineNumber}, the file isn't XML any more: it was cut off, or isn't of this form. Get it again; what was read so far is kept.");
        }
    }

    private static void Root(XmlReader reader, NcmecEntry entry)
    {
        if (reader.LocalName != "queryResult" || reader.NamespaceURI != Namespace)
        {
            throw new ImportRefusedException($"This isn't an answer of Hash Sharing version 2: its outermost element isn't queryResult of {Namespace}.");
        }

        entry.Environment = reader.GetAttribute(Environment) is { Length: > 0 and <= 40 } environment && environment.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? environment : null;
    }
}
