using Egida.HashSearch;
using Egida.HashSearch.Exact;
using Egida.HashSearch.Kernels;

namespace Egida.Bench;

/// <summary>The machine's own bound: fetching the lines that look-ups can't do without, in their order, and nothing else.</summary>
internal static unsafe class ExactBound
{
    private const int Ahead = 128;

    /// <summary>For each digest its home line; where it is found elsewhere, that line too; of long digests that are found, the rest of their bytes.</summary>
    public static nint[] Lines<TDigest>(ExactIndex<TDigest> index, TDigest[] digests) where TDigest : unmanaged, IDigest<TDigest>
    {
        var table = index.Parts.Table;
        var lines = new List<nint>(digests.Length * 3 / 2);
        foreach (var digest in digests)
        {
            var wanted = digest;
            var place = table.Place(&wanted);
            lines.Add((nint)table.Line(place.Home));
            var other = table.Line(table.Shape.Other(place.Home, place.Spread));
            if (table.Slot(other, &wanted, place, ExactLine.Taken | ExactLine.Away) >= 0) lines.Add((nint)other);
            if (ExactTable<TDigest>.TailBytes > 0 && index.Find(digest) is >= 0 and var record)
                lines.Add((nint)(table.Tails + (long)record * ExactTable<TDigest>.TailBytes));
        }
        return [.. lines];
    }

    public static void Touch(nint[] lines)
    {
        fixed (nint* all = lines)
        {
            for (var i = 0; i < lines.Length; i++)
            {
                if (i + Ahead < lines.Length) IntoSecondCache.Ask((void*)all[i + Ahead]);
                s_sink ^= *(byte*)all[i];
            }
        }
    }

    private static byte s_sink;
}
