using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Egida.HashBank.Index;
using Egida.HashSearch;

namespace Egida.HashBank.Imports;

/// <summary>
/// Which records may have a hash, of hundreds of millions: 8 bytes each in one mapped file. A candidate too many is possible and does no harm, because whoever asks
/// compares it with the record itself; one too few is not.
/// </summary>
/// <remarks>
/// <para>Lines of eight places, a line of the processor's cache each. The first bits of a print are the number of its line; the place keeps the next ones, so
/// that a table twice as long is made in one pass over this one; where a line is full, the next ones follow, and the place keeps how many.</para>
/// <para>A place: 29 bits of the print, 4 bits of how far from its line, 31 bits of the record's number, which is never 0.</para>
/// </remarks>
internal sealed unsafe class PrintTable : IDisposable
{
    /// <summary>So many records may have one hash. More of them are a file that was made to slow this down: nobody needs to know all of them.</summary>
    public const int MostAlike = 64;

    /// <summary>Of a print, so many bits are used: those of the shortest table's line number, and those kept.</summary>
    private const int UsedBits = SmallestLineBits + 29;
    private const int SmallestLineBits = 14;
    private const int Line = 8;
    private const int Furthest = 15;

    private readonly MappedTable mapped;
    private readonly ulong* places;
    private readonly int lineBits;

    private PrintTable(MappedTable mapped)
    {
        this.mapped = mapped;
        places = mapped.Places;
        lineBits = mapped.Header.LineBits;
    }

    /// <summary>May be written to: the file's header is part of the mapping.</summary>
    public ref TableHeader Header => ref mapped.Header;

    public bool IsCrowded => Header.Count >= (1L << lineBits) * Line / 10 * 7;

    public static PrintTable Create(string path, TableHeader header) =>
        new(MappedTable.Create(path, header with { LineBits = Math.Max(header.LineBits, SmallestLineBits), Count = 0 }, (1L << Math.Max(header.LineBits, SmallestLineBits)) * Line));

    /// <returns>Null if there is none, or none that can be used: then it is made from the database.</returns>
    public static PrintTable? Open(string path) => MappedTable.Open(path, lines => (1L << lines) * Line) is { } mapped ? new PrintTable(mapped) : null;

    /// <summary>Asks the memory for the line of a print that is needed soon.</summary>
    public void Prefetch(ulong print)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(places + (long)(print >> (64 - lineBits)) * Line);
        }
    }

    /// <summary>Adds the records that may have the hash of this print.</summary>
    public void Find(ulong print, List<int> records)
    {
        var (home, kept) = Split(print);
        for (var far = 0; far <= Furthest; far++)
        {
            var line = At(home + (ulong)far);
            var looked = (kept << 4) | (uint)far;
            for (var i = 0; i < Line; i++)
            {
                if (line[i] == 0)
                {
                    return;
                }

                if (line[i] >> 31 == looked)
                {
                    records.Add((int)(line[i] & int.MaxValue));
                }
            }
        }
    }

    /// <summary>From now on the record is a candidate for this print.</summary>
    /// <returns>False if there is no room near its line: then the table has to grow.</returns>
    public bool Add(ulong print, int record)
    {
        var (home, kept) = Split(print);
        var alike = 0;
        for (var far = 0; far <= Furthest; far++)
        {
            var line = At(home + (ulong)far);
            var looked = (kept << 4) | (uint)far;
            for (var i = 0; i < Line; i++)
            {
                if (line[i] == 0)
                {
                    line[i] = (looked << 31) | (uint)record;
                    Header.Count++;
                    return true;
                }

                if (line[i] >> 31 == looked && ((int)(line[i] & int.MaxValue) == record || ++alike == MostAlike))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The same entries in a table twice as long.</summary>
    public PrintTable Grow(string path)
    {
        var grown = Create(path, Header with { LineBits = lineBits + 1 });
        for (var number = 0UL; number < 1UL << lineBits; number++)
        {
            var line = At(number);
            for (var i = 0; i < Line && line[i] != 0; i++)
            {
                var home = (number - ((line[i] >> 31) & Furthest)) & ((1UL << lineBits) - 1);
                var used = (home << (UsedBits - lineBits)) | (line[i] >> 35);
                if (!grown.Add(used << (64 - UsedBits), (int)(line[i] & int.MaxValue)))
                {
                    grown.Dispose();
                    throw new InvalidOperationException("The table of known hashes is crowded in one place even at twice its length.");
                }
            }
        }

        return grown;
    }

    /// <summary>What was added is on the disk when this returns.</summary>
    public void Flush() => mapped.Flush();

    public void Dispose() => mapped.Dispose();

    private (ulong Home, ulong Kept) Split(ulong print)
    {
        var used = print >> (64 - UsedBits);
        return (used >> (UsedBits - lineBits), used & ((1UL << (UsedBits - lineBits)) - 1));
    }

    private ulong* At(ulong line) => places + (long)(line & ((1UL << lineBits) - 1)) * Line;
}

/// <param name="Followed">Everything up to this change is in the file, even after a power cut.</param>
/// <param name="Entry">Of the log of actions, as of a <see cref="Index.Witness"/>: the bank whose log has this root there is the one that was followed.</param>
/// <param name="Root">The log's root with that entry as the last.</param>
[StructLayout(LayoutKind.Sequential)]
internal record struct TableHeader(ulong Magic, Guid Bank, ulong One, ulong Other, int LineBits, long Count, long Followed, long Entry, Hash256 Root)
{
    public Witness Point
    {
        readonly get => new(Entry, Entry < 0 ? [] : Root.ToByteArray(), Followed);
        set => (Entry, Root, Followed) = (value.Entry, value.Entry < 0 ? default : Hash256.FromBytes(value.Root), value.Changes);
    }
}
