using System.IO.Compression;
using System.Text;
using Egida.Match.Tool.Files;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Archives;

/// <summary>The entries of a zip file.</summary>
internal static class ZipEntries
{
    /// <param name="file">The archive; it can seek.</param>
    /// <param name="limits">How large its directory may be.</param>
    public static IEnumerable<ArchiveEntry> Of(Stream file, ArchiveLimits limits)
    {
        if (ZipDirectory.Length(file) > limits.ZipDirectoryBytes) throw new BombException();
        // Names without a mark that they are UTF-8 keep their bytes this way.
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.Latin1);
        foreach (var entry in zip.Entries)
        {
            var name = NameOf(entry.FullName);
            if (entry.FullName.EndsWith('/') && entry.Length == 0) continue;
            yield return entry.IsEncrypted ? new(name, null, Problem.Encrypted) : new(name, entry.Open);
        }
    }

    // Read as Latin-1, what was UTF-8 or some old code page is its bytes again; what had the mark has other characters, or none that could be bytes.
    private static string NameOf(string name) => name.All(letter => letter <= '\xFF') ? PathText.Of(Encoding.Latin1.GetBytes(name)) : PathText.Of(name);
}
