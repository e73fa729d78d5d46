using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Egida.HashBank.Imports;

/// <summary>A file to import, unpacked while it is read if its first bytes say that it is packed; its name says nothing.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int End = 1 << 20;
    private const int Piece = 1 << 14;
    private const int Between = 62;
    private const int ReadWhole = 4 * End;
    private const int MostEntries = 1000;
    private const int LongestDirectory = 1 << 20;

    private readonly FileStream file;
    private readonly List<IDisposable> opened = [];

    private ImportFile(FileStream file, byte[] fingerprint) => (this.file, Fingerprint) = (file, fingerprint);

    public string Name => Path.GetFileName(file.Name);

    public long Length => file.Length;

    /// <summary>By it an interrupted import of this file is found; whether it really is this file <see cref="Mark"/> says.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>What was read of its content.</summary>
    public ContentMark Mark { get; } = new();

    /// <summary>How far it is read.</summary>
    public long Position => file.Position;

    public static ImportFile Open(string path)
    {
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
        try
        {
            return new ImportFile(file, FingerprintOf(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>From its beginning to its end; again from its beginning, if it is asked for again.</summary>
    /// <exception cref="ImportRefusedException">It is an archive of several files, or can't be unpacked.</exception>
    public Stream Content() => Mark.Over(Unpacked());

    private Stream Unpacked()
    {
        file.Position = 0;
        Span<byte> first = stackalloc byte[4];
        var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return first[..read] switch
        {
            [0x1F, 0x8B, ..] => new UnpackedStream(Keep(new WholeGzip(file)), file.Length),
            [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6] => new UnpackedStream(Keep(OnlyEntry()), file.Length),
            _ => file,
        };
    }

    public void Dispose()
    {
        foreach (var stream in Enumerable.Reverse(opened))
        {
            stream.Dispose();
        }

        file.Dispose();
    }

    /// <summary>
    /// SHA-256 over the length and parts of the file: all of a small one, else its first and last mebibyte and pieces between them, evenly spread. A large file isn't read twice for it.
    /// </summary>
    private static byte[] FingerprintOf(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[End];
        BinaryPrimitives.WriteInt64LittleEndian(block, file.Length);
        hash.AppendData(block, 0, sizeof(long));
        foreach (var (at, count) in Pieces(file.Length))
        {
            file.Position = at;
            hash.AppendData(block, 0, file.ReadAtLeast(block.AsSpan(0, count), count, throwOnEndOfStream: false));
        }

        file.Position = 0;
        return hash.GetHashAndReset();
    }

    private static IEnumerable<(long At, int Count)> Pieces(long length)
    {
        if (length <= ReadWhole)
        {
            for (var at = 0L; at < length; at += End) yield return (at, End);
            yield break;
        }

        yield return (0, End);
        for (var i = 1L; i <= Between; i++) yield return (End + (long)((Int128)(length - (2 * End) - Piece) * i / (Between + 1)), Piece);
        yield return (length - End, End);
    }

    private Stream OnlyEntry()
    {
        RequireSmallDirectory();
        try
        {
            var archive = Keep(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
            var entries = archive.Entries.Where(e => !e.FullName.EndsWith('/')).ToList();
            return entries is [var only] ? only.Open() : throw new ImportRefusedException($"The archive holds {entries.Count} files. Unpack it and import them one by one, each with its own format.");
        }
        catch (InvalidDataException)
        {
            throw new ImportRefusedException("The archive is damaged, or protected by a password.");
        }
    }

    /// <summary>The directory at an archive's end is read as a whole: it has to be small, and to say so.</summary>
    private void RequireSmallDirectory()
    {
        var tail = new byte[Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < 22)
        {
            throw new ImportRefusedException("The archive has no end: it was cut off. Get it again.");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)) > MostEntries || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12)) > LongestDirectory)
        {
            throw new ImportRefusedException("The archive holds too many files. Unpack it and import them one by one, each with its own format.");
        }
    }

    private T Keep<T>(T stream) where T : IDisposable
    {
        opened.Add(stream);
        return stream;
    }
}
