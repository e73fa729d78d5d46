using System.Globalization;
using System.IO.Compression;
using System.Text;
using Egida.Police.Sealing;

namespace Egida.Police;

/// <summary>
/// A BagIt 1.0 bag (RFC 8493), poured out as one ZIP whose single folder has the bag's name (§4.2 there). Complete and valid: every payload file
/// stands in both manifests, every tag file in both tag manifests; no fetch.txt. Each file is hashed on its way, so the manifests come last.
/// </summary>
internal sealed class BagWriter(Stream target, string name, DateTime at) : IDisposable
{
    private readonly ZipArchive zip = new(target, ZipArchiveMode.Create, leaveOpen: true);
    private readonly SortedDictionary<string, (string Sha256, string Sha512)> payload = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Sha256, string Sha512)> tags = new(StringComparer.Ordinal);
    private long octets;

    /// <param name="path">Below data/, with slashes.</param>
    public async Task Add(string path, Stream content, CancellationToken cancellation)
    {
        var (digests, size) = await Put($"data/{path}", content, cancellation);
        payload.Add($"data/{path}", digests);
        octets += size;
    }

    public Task Add(string path, byte[] content, CancellationToken cancellation) => Add(path, new MemoryStream(content), cancellation);

    /// <summary>Writes the tag files and ends the archive.</summary>
    /// <param name="info">Lines of bag-info.txt; the date and the sums are added here.</param>
    public async Task Finish(IEnumerable<KeyValuePair<string, string>> info, CancellationToken cancellation)
    {
        await Tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", cancellation);
        await Tag("bag-info.txt", Info(info), cancellation);
        await Tag("manifest-sha256.txt", Manifest(payload, d => d.Sha256), cancellation);
        await Tag("manifest-sha512.txt", Manifest(payload, d => d.Sha512), cancellation);
        var (of256, of512) = (Manifest(tags, d => d.Sha256), Manifest(tags, d => d.Sha512));
        await Tag("tagmanifest-sha256.txt", of256, cancellation);
        await Tag("tagmanifest-sha512.txt", of512, cancellation);
        zip.Dispose();
    }

    public void Dispose() => zip.Dispose();

    /// <summary>CR, LF and % in a path are percent-encoded (§2.1.3).</summary>
    internal static string Encoded(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private async Task Tag(string path, string text, CancellationToken cancellation) =>
        tags.Add(path, (await Put(path, new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellation)).Digests);

    private async Task<((string Sha256, string Sha512) Digests, long Size)> Put(string path, Stream content, CancellationToken cancellation)
    {
        // Pictures and videos don't get smaller.
        var entry = zip.CreateEntry($"{name}/{path}", CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(at, TimeSpan.Zero);
        await using var into = await entry.OpenAsync(cancellation);
        await using var digesting = new Digesting(into, also512: true);
        await content.CopyToAsync(digesting, cancellation);
        return ((digesting.Sha256, digesting.Sha512), digesting.Size);
    }

    private string Info(IEnumerable<KeyValuePair<string, string>> info) => string.Concat(info
        .Append(new("Bagging-Date", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
        .Append(new("Payload-Oxum", string.Create(CultureInfo.InvariantCulture, $"{octets}.{payload.Count}")))
        .Select(l => $"{l.Key}: {l.Value.ReplaceLineEndings(" ")}\n"));

    private static string Manifest(IReadOnlyDictionary<string, (string Sha256, string Sha512)> files, Func<(string Sha256, string Sha512), string> digest) =>
        string.Concat(files.Select(f => $"{digest(f.Value)}  {Encoded(f.Key)}\n"));
}
