using System.Buffers.Binary;

namespace Egida.HashSearch.Files;

/// <summary>One entry of a file's section table.</summary>
/// <remarks>40 bytes: name (16), offset (8), length (8), CRC-32C of the content (4), zeros (4).</remarks>
internal readonly record struct Section(string Name, long Offset, long Length, uint Checksum)
{
    public const int EntryLength = 40;

    /// <summary>Sections begin at multiples of this: a page, so that each can be mapped and advised on its own.</summary>
    public const int Alignment = 4096;

    public long End => Offset + Length;

    public static long Align(long offset) => (offset + Alignment - 1) & -Alignment;

    public void Write(Span<byte> entry)
    {
        SectionName.Write(Name, entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[32..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[36..], 0);
    }

    public static bool TryRead(ReadOnlySpan<byte> entry, out Section section)
    {
        var named = SectionName.TryRead(entry, out var name);
        section = new(name, BinaryPrimitives.ReadInt64LittleEndian(entry[16..]), BinaryPrimitives.ReadInt64LittleEndian(entry[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[32..]));
        return named;
    }
}
