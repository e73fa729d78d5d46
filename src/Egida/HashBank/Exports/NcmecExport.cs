using System.Text;
using System.Xml;
using Egida.HashBank.Imports.Formats;
using Egida.HashBank.Imports.Sources;

namespace Egida.HashBank.Exports;

/// <summary>
/// Entries in the form in which NCMEC's Hash Sharing gives them, tombstones included. How entries are handed in there isn't public; whoever has the interface's
/// document sends these. The member's number is <c>HashExports:Member</c>.
/// </summary>
internal sealed class NcmecExport(IConfiguration configuration) : IExportFormat
{
    private readonly string member = configuration["HashExports:Member"] ?? "0";

    public string Name => "ncmec";

    public bool CarriesGone => true;

    public async Task<int> Write(IAsyncEnumerable<ExportItem> items, Stream to, CancellationToken cancellation)
    {
        // Images come before videos, and how many of each before them: they are put aside until that is known.
        await using var images = new Part("images", to);
        await using var videos = new Part("videos", to);
        await foreach (var item in items.WithCancellation(cancellation))
        {
            if (item.IsGone || !item.Hashes.IsEmpty)
            {
                (item.IsVideo ? videos : images).Add(item, member);
            }
        }

        await to.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<queryResult xmlns=\"{NcmecFormat.Namespace}\">\n"), cancellation);
        await images.CopyTo(to, cancellation);
        await videos.CopyTo(to, cancellation);
        await to.WriteAsync("</queryResult>\n"u8.ToArray(), cancellation);
        return images.Count + videos.Count;
    }

    private sealed class Part : IAsyncDisposable
    {
        private readonly string name;
        private readonly FileStream file;
        private readonly XmlWriter xml;
        private DateTime latest;

        public Part(string name, Stream beside)
        {
            this.name = name;
            file = Scratch.Beside(beside);
            xml = XmlWriter.Create(file, new XmlWriterSettings { ConformanceLevel = ConformanceLevel.Fragment, Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, CheckCharacters = true });
        }

        public int Count { get; private set; }

        public void Add(ExportItem item, string member)
        {
            Count++;
            latest = item.At > latest ? item.At : latest;
            var medium = name == "videos" ? "video" : "image";
            xml.WriteStartElement(item.IsGone ? $"deleted{char.ToUpperInvariant(medium[0])}{medium[1..]}" : medium);
            xml.WriteStartElement("member");
            xml.WriteAttributeString("id", member);
            xml.WriteEndElement();
            xml.WriteElementString("timestamp", Stamp(item.At));
            xml.WriteElementString("id", item.Id.ToString());
            if (!item.IsGone)
            {
                if (item.Code("NCMEC") is { } code)
                {
                    xml.WriteElementString("classification", code);
                }

                xml.WriteStartElement("fingerprints");
                foreach (var (kind, value) in Fingerprints(item.Hashes))
                {
                    xml.WriteElementString(kind, value);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        public async Task CopyTo(Stream to, CancellationToken cancellation)
        {
            xml.Flush();
            file.Position = 0;
            await to.WriteAsync(Encoding.UTF8.GetBytes($"<{name} count=\"{Count}\"{(Count == 0 ? "" : $" maxTimestamp=\"{Stamp(latest)}\"")}>"), cancellation);
            await file.CopyToAsync(to, cancellation);
            await to.WriteAsync(Encoding.UTF8.GetBytes($"</{name}>\n"), cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            xml.Dispose();
            await file.DisposeAsync();
        }

        private static string Stamp(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

        private static IEnumerable<(string Kind, string Value)> Fingerprints(ItemHashes hashes)
        {
            if (hashes.Md5 is { } md5) yield return ("md5", Convert.ToHexStringLower(md5));
            if (hashes.Sha1 is { } sha1) yield return ("sha1", Convert.ToHexStringLower(sha1));
            if (hashes.Sha256 is { } sha256) yield return ("sha256", Convert.ToHexStringLower(sha256));
            if (hashes.Pdq is { } pdq) yield return ("pdq", Convert.ToHexStringLower(pdq));
            foreach (var (kind, name, value, _) in hashes.Further)
            {
                if (kind == HashKind.PhotoDna) yield return ("pdna", Convert.ToBase64String(value));
                if (kind == HashKind.Pdq) yield return ("pdq", Convert.ToHexStringLower(value));
                if (kind == HashKind.Other && name is not null && IsName(name)) yield return (name, Encoding.UTF8.GetString(value));
            }
        }

        private static bool IsName(string name) => char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }
}
