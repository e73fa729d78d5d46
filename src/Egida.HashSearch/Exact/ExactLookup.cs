using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Exact;

/// <summary>Looks digests up one by one.</summary>
internal static unsafe class ExactLookup<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    public const int NotFound = -1;

    /// <summary>The lowest record with this digest.</summary>
    /// <remarks>
    /// Why this is exact: whoever put the digest in chose its home line, its other line or the sorted rest, and left a warning
    /// at home unless it was home. Each slot that agrees in rest, second number, further bytes and kind of stay holds this
    /// digest and no other (see <see cref="ExactShape"/>).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Find(ExactParts<TDigest> parts, TDigest* digest)
    {
        var table = parts.Table;
        var place = table.Place(digest);
        var line = table.Line(place.Home);
        return ExactLine.Candidates(line, place.Second) == 0 && !ExactLine.Warns<TDigest>(line, place.Spread)
            ? NotFound
            : FindInLines(parts, digest, place, line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FindInLines(ExactParts<TDigest> parts, TDigest* digest, in ExactPlace place, byte* line)
    {
        var table = parts.Table;
        var slot = table.Slot(line, digest, place, ExactLine.Taken);
        if (slot < 0)
        {
            if (!ExactLine.Warns<TDigest>(line, place.Spread)) return NotFound;
            line = table.Line(table.Shape.Other(place.Home, place.Spread));
            slot = table.Slot(line, digest, place, ExactLine.Taken | ExactLine.Away);
        }
        var record = slot < 0 ? parts.Sorted.Find(digest) : table.Id(line, slot);
        // A damaged file may hold anything; what the caller gets is a number of a record.
        return (uint)record < (uint)table.Shape.Records ? record : NotFound;
    }
}
