using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Egida.HashBank.Imports;

/// <summary>A file to import, unpacked while it is read if its first bytes say that it is packed; its name says nothing.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int Beginning = 1 << 20;
    private const int MostEntries = 1000;
    private const int LongestDirectory = 1 << 20;

    private readonly FileStream file;
    private readonly List<IDisposable> opened = [];

    private ImportFile(FileStream file, byte[] fingerprint) => (this.file, Fingerprint) = (file, fingerprint);

    public string Name => Path.GetFileName(file.Name);

    public long Length => file.Length;

    /// <summary>SHA-256 over its length and its beginning.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>How far it is read.</summary>
    public long Position => file.Position;

    public static ImportFile Open(string path)
    {
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
        try
        {
            var begin = new byte[sizeof(long) + Beginning];
            BinaryPrimitives.WriteInt64LittleEndian(begin, file.Length);
            var read = file.ReadAtLeast(begin.AsSpan(sizeof(long)), Beginning, throwOnEndOfStream: false);
            file.Position = 0;
            return new ImportFile(file, SHA256.HashData(begin.AsSpan(0, sizeof(long) + read)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>From its beginning to its end, once.</summary>
    /// <exception cref="ImportRefusedException">It is an archive of several files, or can't be unpacked.</exception>
    public Stream Content()
    {
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
