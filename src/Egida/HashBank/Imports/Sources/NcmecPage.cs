using System.Globalization;
using System.Text;
using System.Web;
using System.Xml;
using System.Xml.Linq;
using Egida.HashBank.Imports.Formats;

namespace Egida.HashBank.Imports.Sources;

/// <summary>One answer to `v2/entries`.</summary>
/// <param name="Expected">How many entries the whole range may have, by what the next page's address says.</param>
internal sealed record NcmecPage(IReadOnlyList<NcmecPage.Entry> Entries, string? Next, long Expected)
{
    private static readonly XNamespace Ns = NcmecFormat.Namespace;

    /// <param name="Key">Member and entry: only both together are a name.</param>
    /// <param name="Stamp">The entry's own time; null if it gives none.</param>
    /// <param name="Xml">The element as it came.</param>
    public sealed record Entry(string Key, DateTime? Stamp, byte[] Xml);

    /// <exception cref="FormatException">It isn't a whole answer.</exception>
    public static NcmecPage Read(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true });
            List<Entry> entries = [];
            string? next = null;
            reader.MoveToContent();
            if (reader.LocalName != "queryResult" || reader.NamespaceURI != NcmecFormat.Namespace)
            {
                throw new FormatException();
            }

            reader.Read();
            while (!reader.EOF)
            {
                if (reader is { NodeType: XmlNodeType.Element } && NcmecEntry.IsEntry(reader.LocalName))
                {
                    entries.Add(One((XElement)XNode.ReadFrom(reader)));
                }
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "next" })
                {
                    next = reader.ReadElementContentAsString().Trim();
                }
                else
                {
                    if (reader.Depth > 32)
                    {
                        throw new FormatException();
                    }

                    reader.Read();
                }
            }

            return new NcmecPage(entries, next is { Length: > 0 } ? next : null, Rest(next) + entries.Count);
        }
        catch (XmlException)
        {
            throw new FormatException();
        }
    }

    private static Entry One(XElement element)
    {
        var key = $"{element.Element(Ns + "member")?.Attribute("id")?.Value}-{element.Element(Ns + "id")?.Value.Trim()}";
        var stamp = DateTime.TryParse(element.Element(Ns + "timestamp")?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : (DateTime?)null;
        return new Entry(key, stamp, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
    }

    private static long Rest(string? next)
    {
        if (next is not { Length: > 0 and < 4000 } || next.IndexOf('?', StringComparison.Ordinal) is var at && at < 0)
        {
            return 0;
        }

        var query = HttpUtility.ParseQueryString(next[(at + 1)..]);
        return long.TryParse(query["max"], NumberStyles.None, CultureInfo.InvariantCulture, out var max) && long.TryParse(query["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? Math.Max(0, max - start) : 0;
    }
}
