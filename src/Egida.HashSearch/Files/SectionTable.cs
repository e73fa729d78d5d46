namespace Egida.HashSearch.Files;

/// <summary>Reads and checks where the sections of a file are, before anybody follows a pointer into it.</summary>
internal static unsafe class SectionTable
{
    private const int Piece = 1 << 20;

    /// <exception cref="IndexFileException">The file is shorter than its header says, or its table is damaged.</exception>
    public static Dictionary<string, Section> Read(string path, MappedFile file, FileHeader header)
    {
        if (file.Length < header.FileLength) throw IndexFileException.Truncated(path, file.Length, header.FileLength);

        // The checksum of the header was right: what doesn't fit here was never written by this library.
        var length = (long)header.Sections * Section.EntryLength;
        if (file.Length != header.FileLength || header.Sections < 0 || length > int.MaxValue
            || header.TableOffset < Section.Alignment || header.TableOffset > file.Length || file.Length - header.TableOffset != length)
            throw IndexFileException.Damaged(path, "its header");

        var table = new ReadOnlySpan<byte>(file.Pointer + header.TableOffset, (int)length);
        if (Crc32C.Of(table) != header.TableChecksum) throw IndexFileException.Damaged(path, "its section table");
        return Parse(table, header.TableOffset) ?? throw IndexFileException.Damaged(path, "its section table");
    }

    /// <summary>The sections; null unless they lie one behind the other, from the first page to the table.</summary>
    private static Dictionary<string, Section>? Parse(ReadOnlySpan<byte> table, long tableOffset)
    {
        var sections = new Dictionary<string, Section>(table.Length / Section.EntryLength, StringComparer.Ordinal);
        long end = Section.Alignment;
        for (; !table.IsEmpty; table = table[Section.EntryLength..])
        {
            if (!Section.TryRead(table, out var section) || section.Offset != end
                || section.Length < 0 || section.Length > tableOffset - section.Offset || !sections.TryAdd(section.Name, section))
                return null;
            end = Section.Align(section.End);
        }
        return end == tableOffset ? sections : null;
    }

    /// <exception cref="IndexFileException">Some byte isn't the one that was written.</exception>
    public static void Verify(string path, MappedFile file, IReadOnlyCollection<Section> sections, CancellationToken cancellation)
    {
        RequireZeros(path, file, FileHeader.Length, Section.Alignment, "the gap behind its header");
        foreach (var section in sections)
        {
            var crc = new Crc32C();
            for (long at = 0; at < section.Length; at += Piece)
            {
                cancellation.ThrowIfCancellationRequested();
                crc.Append(new(file.Pointer + section.Offset + at, (int)Math.Min(Piece, section.Length - at)));
            }
            if (crc.Value != section.Checksum) throw IndexFileException.Damaged(path, $"section '{section.Name}'");
            RequireZeros(path, file, section.End, Section.Align(section.End), $"the gap behind section '{section.Name}'");
        }
    }

    private static void RequireZeros(string path, MappedFile file, long from, long to, string where)
    {
        if (new ReadOnlySpan<byte>(file.Pointer + from, (int)(to - from)).ContainsAnyExcept((byte)0)) throw IndexFileException.Damaged(path, where);
    }
}
