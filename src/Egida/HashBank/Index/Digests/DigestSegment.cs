using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashBank.Index.Digests;

/// <summary>
/// Keys and their records that don't change any more, in one mapped file: the entries in the order of their keys, and for each place (the first bits of a key) where its
/// entries begin. An entry has the last 32 bits of its key and the record's number: eight bytes, whatever the digest's length.
/// </summary>
/// <remarks>
/// Little-endian. A header of 64 bytes: "EGDIGST1", the number of entries (8), the bits of a place (4), CRC-32C of all that follows the header (4). The entries: 8 bytes each, the key's bits above the number.
/// Then the beginnings, 4 bytes each, one more than there are places.
/// </remarks>
internal sealed unsafe class DigestSegment : IDisposable
{
    public const int HeaderLength = 64;
    public const int FewestPlaceBits = 16;
    public const int MostPlaceBits = 28;
    public static readonly ulong Magic = BitConverter.ToUInt64("EGDIGST1"u8);

    private const int KeptBits = 32;
    private const int Together = 32;
    private const int Few = 32;

    private readonly MemoryMappedFile mapped;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly ulong* entries;
    private readonly uint* begins;
    private readonly int placeBits;
    private readonly uint crc;
    private readonly string path;

    private DigestSegment(string path)
    {
        this.path = path;
        var length = new FileInfo(path).Length;
        if (length < HeaderLength) throw Damaged("it is too short");
        mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = mapped.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        (Count, placeBits, crc) = (*(long*)(start + 8), *(int*)(start + 16), *(uint*)(start + 20));
        if (*(ulong*)start != Magic || Count is < 0 or > uint.MaxValue || placeBits is < FewestPlaceBits or > MostPlaceBits || length != LengthOf(Count, placeBits))
        {
            Dispose();
            throw Damaged("its header doesn't fit");
        }

        entries = (ulong*)(start + HeaderLength);
        begins = (uint*)(entries + Count);
    }

    public long Count { get; }

    public string Name => Path.GetFileName(path);

    public long Bytes => LengthOf(Count, placeBits);

    /// <summary>With some sixteen entries a place: one or two lines of memory.</summary>
    public static int PlaceBitsFor(long count) => Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, count)) - 4, FewestPlaceBits, MostPlaceBits);

    public static long LengthOf(long count, int placeBits) => HeaderLength + count * sizeof(ulong) + ((1L << placeBits) + 1) * sizeof(uint);

    /// <exception cref="InvalidDataException">It isn't a segment, or not a whole one.</exception>
    public static DigestSegment Open(string folder, string name) => new(Path.Combine(folder, name));

    /// <summary>Adds a candidate for every entry with one of the keys.</summary>
    public void Find(ReadOnlySpan<ulong> keys, ICollection<Candidate> found)
    {
        for (var first = 0; first < keys.Length; first += Together)
        {
            var some = keys.Slice(first, Math.Min(Together, keys.Length - first));
            // Memory is asked for all of them before it is waited for.
            foreach (var key in some) Ask(begins + PlaceOf(key));
            foreach (var key in some) Ask(entries + Math.Min(begins[PlaceOf(key)], Count));
            for (var i = 0; i < some.Length; i++)
            {
                foreach (var entry in With(some[i])) found.Add(new Candidate(first + i, (int)entry));
            }
        }
    }

    public bool Contains(ulong key, int number) => With(key).BinarySearch((key << KeptBits) | (uint)number) >= 0;

    /// <summary>Reads all of it and compares it with its checksum.</summary>
    /// <exception cref="InvalidDataException">It isn't what was written.</exception>
    public void Verify()
    {
        var sum = 0u;
        for (var at = (uint*)entries; at < begins + (1L << placeBits) + 1; at++) sum = BitOperations.Crc32C(sum, *at);
        if (sum != crc) throw Damaged("its checksum differs");
    }

    public Cursor Begin() => new(this);

    public void Dispose()
    {
        view?.SafeMemoryMappedViewHandle.ReleasePointer();
        view?.Dispose();
        mapped?.Dispose();
    }

    public void Delete()
    {
        Dispose();
        File.Delete(path);
    }

    private static void Ask(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    private long PlaceOf(ulong key) => (long)(key >> (DigestSecret.KeyBits - placeBits));

    /// <summary>The entries with this key. A damaged file may say anything: nothing beside it is read.</summary>
    private ReadOnlySpan<ulong> With(ulong key)
    {
        var place = PlaceOf(key);
        var (begin, end) = ((long)begins[place], (long)begins[place + 1]);
        if (end > Count || begin >= end || end - begin > int.MaxValue) return [];
        var all = new ReadOnlySpan<ulong>(entries + begin, (int)(end - begin));
        var low = key << KeptBits;
        var from = all.Length <= Few ? FirstFrom(all, low) : FirstBySearch(all, low);
        var to = from;
        while (to < all.Length && (all[to] ^ low) >> KeptBits == 0) to++;
        return all[from..to];
    }

    private static int FirstFrom(ReadOnlySpan<ulong> all, ulong low)
    {
        var at = 0;
        while (at < all.Length && all[at] < low) at++;
        return at;
    }

    private static int FirstBySearch(ReadOnlySpan<ulong> all, ulong low)
    {
        var at = all.BinarySearch(low);
        return at < 0 ? ~at : at;
    }

    private InvalidDataException Damaged(string how) => new($"'{path}' is damaged: {how}.");

    /// <summary>Goes through the entries in their order.</summary>
    internal sealed class Cursor(DigestSegment segment)
    {
        private readonly long last = (1L << segment.placeBits) - 1;
        private long at = -1;
        private long place;

        public ulong Key { get; private set; }

        public int Number { get; private set; }

        public bool Next()
        {
            if (++at >= segment.Count)
            {
                return false;
            }

            while (place < last && segment.begins[place + 1] <= at) place++;
            var entry = segment.entries[at];
            Key = ((ulong)place >> (segment.placeBits - (DigestSecret.KeyBits - KeptBits)) << KeptBits) | (entry >> KeptBits);
            Number = (int)entry;
            return true;
        }
    }
}
