using System.Buffers.Binary;

namespace Egida.HashSearch.Files;

/// <summary>
/// The first 64 bytes of every index file. These places don't change in any later version of the container, so that any
/// version can say what a file is.
/// </summary>
/// <remarks>
/// All numbers are little-endian: 0 magic (8 bytes), 8 container version (4), 12 version of the kind (4), 16 kind (16 ASCII
/// bytes, zeros behind), 32 length of the file (8), 40 offset of the section table (8), 48 number of sections (4), 52 CRC-32C
/// of the section table (4), 56 zeros (4), 60 CRC-32C of the 60 bytes before.
/// </remarks>
internal readonly record struct FileHeader(string Kind, int Version, long FileLength, long TableOffset, int Sections, uint TableChecksum)
{
    public const int Length = 64;
    public const int ContainerVersion = 1;
    private const int ChecksumAt = 60;

    // Like PNG's: a byte no text has, a line end that text transfers change, and a name.
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'E', (byte)'g', (byte)'i', (byte)'d', (byte)'a', (byte)'\r', (byte)'\n'];

    public void Write(Span<byte> page)
    {
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page[8..], ContainerVersion);
        BinaryPrimitives.WriteInt32LittleEndian(page[12..], Version);
        SectionName.Write(Kind, page.Slice(16, SectionName.Length));
        BinaryPrimitives.WriteInt64LittleEndian(page[32..], FileLength);
        BinaryPrimitives.WriteInt64LittleEndian(page[40..], TableOffset);
        BinaryPrimitives.WriteInt32LittleEndian(page[48..], Sections);
        BinaryPrimitives.WriteUInt32LittleEndian(page[52..], TableChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], Crc32C.Of(page[..ChecksumAt]));
    }

    /// <exception cref="IndexFileException">It isn't the header of a file of this kind that this version can read.</exception>
    public static FileHeader Read(string path, ReadOnlySpan<byte> page, string kind, int newest)
    {
        if (!page.StartsWith(Magic[..Math.Min(page.Length, Magic.Length)])) throw IndexFileException.NotAnIndex(path);
        if (page.Length < Length) throw IndexFileException.Truncated(path, page.Length, Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(page[ChecksumAt..]) != Crc32C.Of(page[..ChecksumAt]))
            throw IndexFileException.Damaged(path, "its header");

        var container = BinaryPrimitives.ReadInt32LittleEndian(page[8..]);
        if (container > ContainerVersion) throw IndexFileException.Newer(path, "container", container, ContainerVersion);
        if (!SectionName.TryRead(page.Slice(16, SectionName.Length), out var found)) throw IndexFileException.Damaged(path, "its header");
        if (found != kind) throw IndexFileException.OtherKind(path, found, kind);
        var version = BinaryPrimitives.ReadInt32LittleEndian(page[12..]);
        if (version > newest) throw IndexFileException.Newer(path, kind, version, newest);

        var header = new FileHeader(kind, version, BinaryPrimitives.ReadInt64LittleEndian(page[32..]), BinaryPrimitives.ReadInt64LittleEndian(page[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(page[48..]), BinaryPrimitives.ReadUInt32LittleEndian(page[52..]));
        return container < 1 || version < 1 ? throw IndexFileException.Damaged(path, "its header") : header;
    }
}
