using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>Puts a list's sections one behind the other into a file, and takes the digest of it all.</summary>
internal sealed class BodyWriter(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ListSection> _sections = [];

    public IReadOnlyList<ListSection> Sections => _sections;

    public long Length => _file.Length;

    public void AddTable<T>(string name, ReadOnlySpan<T> rows) where T : unmanaged
    {
        if (rows.IsEmpty) return;
        var begin = _file.Position;
        var most = (1 << 20) / Marshal.SizeOf<T>();
        for (; rows.Length > most; rows = rows[most..]) Append(MemoryMarshal.AsBytes(rows[..most]));
        Append(MemoryMarshal.AsBytes(rows));
        End(name, begin);
    }

    /// <param name="name">The section.</param>
    /// <param name="save">Writes the index into a file of its own, which is then copied.</param>
    public void AddIndex(string name, Action<string> save)
    {
        var apart = path + ".index";
        try
        {
            save(apart);
            var begin = _file.Position;
            using (var index = File.OpenRead(apart))
            {
                var piece = new byte[1 << 20];
                for (int read; (read = index.Read(piece)) > 0;) Append(piece.AsSpan(0, read));
            }
            End(name, begin);
        }
        finally
        {
            File.Delete(apart);
        }
    }

    /// <summary>SHA-256 of all sections and gaps, in hex.</summary>
    public string Digest() => Convert.ToHexStringLower(_digest.GetCurrentHash());

    public void CopyTo(Stream target)
    {
        _file.Position = 0;
        _file.CopyTo(target);
    }

    public void Dispose()
    {
        _digest.Dispose();
        _file.Dispose();
        File.Delete(path);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _digest.AppendData(bytes);
    }

    private void End(string name, long begin)
    {
        var section = new ListSection(name, begin, _file.Position - begin);
        _sections.Add(section);
        ReadOnlySpan<byte> zeros = stackalloc byte[ListSection.Alignment];
        Append(zeros[..(int)(ListSection.Align(section.End) - section.End)]);
        _file.Flush();
    }
}
