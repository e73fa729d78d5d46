using System.Numerics;
using System.Runtime.InteropServices;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Pdq.Oracle;

namespace Egida.Bench.Pdq;

/// <summary>What the figures are held against: the oracle, a plain port of the published box filter, and the bytes at streaming speed.</summary>
internal static class PdqPeers
{
    private const int Side = PdqPictureSet.Side;

    public static void Measure(Report report)
    {
        Report.Step("the oracle, the plain box filter, and the memory");
        var pictures = PdqPictureSet.Draw(channels: 1, PdqPictureSet.Together);
        report.Add("oracle_512_per_second", 1 / PdqPictureSet.Each(pictures[..4], picture => PdqOracle.Hash(picture, Side, Side, Side, PixelLayout.Grey)));
        report.Add("peer", "plain port of the published box filter, column by column");
        report.Add("peer_512_per_second", 1 / PdqPictureSet.Each(pictures[..2], picture => PlainBoxFilter.Blur(picture, Side, Side)));
        report.Add("stream_bound_512_per_second", pictures.Length / StreamSeconds(pictures));
    }

    /// <summary>Seconds to touch every byte once, in order.</summary>
    public static double StreamSeconds(byte[][] pictures)
    {
        var sum = Vector<ulong>.Zero;
        var seconds = Bench.Measure.Seconds(15, () =>
        {
            foreach (var picture in pictures)
            {
                var vectors = MemoryMarshal.Cast<byte, Vector<ulong>>(picture.AsSpan());
                Vector<ulong> a = default, b = default, c = default, d = default;
                for (var i = 0; i + 3 < vectors.Length; i += 4)
                {
                    a += vectors[i];
                    b += vectors[i + 1];
                    c += vectors[i + 2];
                    d += vectors[i + 3];
                }
                sum += a + b + c + d;
            }
        });
        GC.KeepAlive(sum);
        return seconds;
    }
}
