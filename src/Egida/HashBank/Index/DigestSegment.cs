using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>
/// Digests and their records that don't change any more, in two mapped files: the library's exact index (<c>.exact</c>), and the rows it was built from
/// (<c>.rows</c>: number, digest), which say whose a digest is and from which larger segments are built.
/// </summary>
internal sealed class DigestSegment<TDigest> : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    private const int NumberLength = sizeof(int);

    private readonly ExactIndex<TDigest> index;
    private readonly MemoryMappedFile mapped;
    private readonly MemoryMappedViewAccessor rows;
    private readonly string path;

    private DigestSegment(string path)
    {
        this.path = path;
        index = ExactIndex.Open<TDigest>(path + ".exact");
        if (new FileInfo(path + ".rows").Length != (long)index.Count * RowLength)
        {
            index.Dispose();
            throw new InvalidDataException($"'{path}.rows' isn't as long as the index beside it says.");
        }

        mapped = MemoryMappedFile.CreateFromFile(path + ".rows", FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        rows = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    private static int RowLength => NumberLength + TDigest.Length;

    public string Name => Path.GetFileName(path);

    public int Count => index.Count;

    public static DigestSegment<TDigest> Open(string folder, string name) => new(Path.Combine(folder, name));

    /// <summary>Both files are whole on disk when this returns.</summary>
    public static DigestSegment<TDigest> Write(string folder, string name, IReadOnlyCollection<KeyValuePair<TDigest, int>> entries)
    {
        var path = Path.Combine(folder, name);
        var digests = new TDigest[entries.Count];
        using (var file = new FileStream(path + ".rows", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            var row = new byte[RowLength];
            var at = 0;
            foreach (var (digest, number) in entries)
            {
                MemoryMarshal.Write(row, in number);
                digest.CopyTo(row.AsSpan(NumberLength));
                file.Write(row);
                digests[at++] = digest;
            }

            file.Flush(flushToDisk: true);
        }

        using (var built = ExactIndex.Build<TDigest>(digests))
        {
            built.Save(path + ".exact");
        }

        return new DigestSegment<TDigest>(path);
    }

    public void Find(TDigest digest, ICollection<int> records)
    {
        var first = index.Find(digest);
        if (first == ExactIndex.NotFound)
        {
            return;
        }

        records.Add(NumberOf(first));
        foreach (var other in index.OthersLike(first))
        {
            records.Add(NumberOf(other));
        }
    }

    public IEnumerable<KeyValuePair<TDigest, int>> Rows()
    {
        using var file = new FileStream(path + ".rows", FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        var row = new byte[RowLength];
        while (file.ReadAtLeast(row, RowLength, throwOnEndOfStream: false) == RowLength)
        {
            yield return new(TDigest.FromBytes(row.AsSpan(NumberLength)), MemoryMarshal.Read<int>(row));
        }
    }

    public void Dispose()
    {
        rows.Dispose();
        mapped.Dispose();
        index.Dispose();
    }

    public void Delete()
    {
        Dispose();
        File.Delete(path + ".exact");
        File.Delete(path + ".rows");
    }

    private int NumberOf(int place) => rows.ReadInt32((long)place * RowLength);
}
