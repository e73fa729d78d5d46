using Egida.HashSearch.Exact;

namespace Egida.HashSearch.Tests.Exact;

/// <summary>What a test of the placement needs to see of it.</summary>
internal static unsafe class ExactIndexInside
{
    public static bool IsAway<TDigest>(ExactIndex<TDigest> index, TDigest digest) where TDigest : unmanaged, IDigest<TDigest>
    {
        var table = index.Parts.Table;
        var place = table.Place(&digest);
        var other = table.Line(table.Shape.Other(place.Home, place.Spread));
        return table.Slot(other, &digest, place, ExactLine.Taken | ExactLine.Away) >= 0;
    }

    public static long Home<TDigest>(ExactIndex<TDigest> index, TDigest digest) where TDigest : unmanaged, IDigest<TDigest> =>
        index.Parts.Table.Place(&digest).Home;
}
