using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Egida.Police;

/// <summary>
/// A BagIt 1.0 bag (RFC 8493) made in memory and serialised as one ZIP whose single folder has the bag's name (§4.2 there). Complete and valid:
/// every payload file stands in both manifests, every tag file in both tag manifests; no fetch.txt.
/// </summary>
internal sealed class Bag(string name)
{
    private readonly SortedDictionary<string, byte[]> payload = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> Payload => payload;

    /// <param name="path">Below data/, with slashes.</param>
    public void Add(string path, byte[] content) => payload.Add($"data/{path}", content);

    /// <param name="info">Lines of bag-info.txt; dates and sums are added here.</param>
    public byte[] ToZip(IEnumerable<KeyValuePair<string, string>> info, DateTime at)
    {
        var tags = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["bagit.txt"] = Text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            ["bag-info.txt"] = Text(Info(info, at)),
            ["manifest-sha256.txt"] = Manifest(payload, SHA256.HashData),
            ["manifest-sha512.txt"] = Manifest(payload, SHA512.HashData),
        };
        var (tags256, tags512) = (Manifest(tags, SHA256.HashData), Manifest(tags, SHA512.HashData));
        tags["tagmanifest-sha256.txt"] = tags256;
        tags["tagmanifest-sha512.txt"] = tags512;

        using var all = new MemoryStream();
        using (var zip = new ZipArchive(all, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in tags.Concat(payload))
            {
                // Pictures and videos don't get smaller.
                var entry = zip.CreateEntry($"{name}/{path}", CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(at, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(content);
            }
        }

        var bytes = all.ToArray();
        CryptographicOperations.ZeroMemory(all.GetBuffer());
        return bytes;
    }

    public void Forget()
    {
        foreach (var content in payload.Values)
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>CR, LF and % in a path are percent-encoded (§2.1.3).</summary>
    internal static string Encoded(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private string Info(IEnumerable<KeyValuePair<string, string>> info, DateTime at)
    {
        var lines = info
            .Append(new("Bagging-Date", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .Append(new("Payload-Oxum", $"{payload.Values.Sum(c => (long)c.Length)}.{payload.Count}"))
            .Append(new("Bag-Count", "1 of 1"));
        return string.Concat(lines.Select(l => $"{l.Key}: {l.Value.ReplaceLineEndings(" ")}\n"));
    }

    private static byte[] Manifest(IReadOnlyDictionary<string, byte[]> files, Func<byte[], byte[]> hash) =>
        Text(string.Concat(files.Select(f => $"{Convert.ToHexStringLower(hash(f.Value))}  {Encoded(f.Key)}\n")));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
