using System.Numerics;
using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Exact;

/// <summary>The lines, read-only, and the bytes of long digests that have no room in them.</summary>
/// <remarks>
/// The memory may be a file that somebody damaged: nothing read from it is used as a place in memory before it has been
/// compared with a size. The lines' number comes from the shape, which was checked when the file was opened.
/// </remarks>
internal sealed unsafe class ExactTable<TDigest>(ExactShape shape, byte* lines, byte* tails)
    where TDigest : unmanaged, IDigest<TDigest>
{
    /// <summary>How many bytes of a digest its line holds or says.</summary>
    private const int HeadBytes = 20;

    public readonly ExactShape Shape = shape;
    public readonly byte* Lines = lines;
    public readonly byte* Tails = tails;

    /// <summary>Bytes of each digest that are kept by record number: 12 of SHA-256, none of the others.</summary>
    public static int TailBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TDigest.Length > HeadBytes ? TDigest.Length - HeadBytes : 0;
    }

    public long ByteLength => ByteLengthOf(Shape);

    public static long ByteLengthOf(ExactShape shape) => shape.Lines * ExactLine.Bytes + (long)shape.Records * TailBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Line(long index) => Lines + index * ExactLine.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ExactPlace Place(TDigest* digest) => Shape.Place(((ulong*)digest)[0], ((ulong*)digest)[1]);

    /// <summary>The slot of the digest in one of its two lines; -1 if it isn't there.</summary>
    /// <param name="where"><see cref="ExactLine.Taken"/> for its home; with <see cref="ExactLine.Away"/> for its other line.</param>
    public int Slot(byte* line, TDigest* digest, in ExactPlace place, int where)
    {
        for (var candidates = ExactLine.Candidates(line, place.Second); candidates != 0; candidates &= candidates - 1)
        {
            var slot = BitOperations.TrailingZeroCount(candidates);
            var difference = ExactLine.Rests(line)[slot] ^ place.Rest;
            if (difference >> Shape.IdBits == 0
                && (ExactLine.States(line)[slot] & ExactLine.Where) == where
                && (!ExactLine.HasThird<TDigest>() || ExactLine.Thirds(line)[slot] == ((uint*)digest)[4])
                && TailEquals(Id(line, slot, difference), digest))
            {
                return slot;
            }
        }
        return -1;
    }

    /// <summary>The record number of a slot, whose lower bits are what the rest differs in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Id(byte* line, int slot, ulong difference) =>
        (int)((uint)difference | (uint)(ExactLine.States(line)[slot] & ExactLine.UpperId) << Shape.IdBits);

    public int Id(byte* line, int slot) => Id(line, slot, ExactLine.Rests(line)[slot] & (1ul << Shape.IdBits) - 1);

    /// <summary>Whether the record's digest ends like this one. A number that no record has, from a damaged file, ends like nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TailEquals(int id, TDigest* digest)
    {
        if ((uint)id >= (uint)Shape.Records) return false;
        if (TailBytes == 0) return true;
        var tail = Tails + (long)id * TailBytes;
        var wanted = (byte*)digest + HeadBytes;
        return *(ulong*)tail == *(ulong*)wanted && *(uint*)(tail + 8) == *(uint*)(wanted + 8);
    }
}
