using Egida.HashSearch;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Pdq.Lanes;
using Egida.HashSearch.Pdq.Ordered;
using Egida.HashSearch.Pdq.Tents;
using Egida.HashSearch.Tests;

namespace Egida.Bench.Pdq;

/// <summary>
/// Measures what the noise of PDQ is assumed to be: on generated pictures of every kind and many shapes, how far the reference's
/// samples and coefficients are from those without its roundings, against <see cref="Noise"/>.
/// </summary>
internal static unsafe class PdqNoise
{
    private static readonly (int Width, int Height)[] s_shapes =
    [
        (100, 128), (200, 150), (256, 256), (300, 300), (400, 300), (512, 512), (512, 512), (512, 384), (640, 480), (800, 801), (1024, 768),
        (1024, 1024), (1500, 1000), (333, 777), (96, 40), (480, 640), (1920, 1080), (2500, 400), (300, 2600),
    ];

    /// <summary>So many pictures of the kinds that the assumption was fitted to, and a quarter as many of others.</summary>
    public static void Run(int pictures)
    {
        var kinds = Enum.GetValues<PdqPictures.Kind>();
        Report("kinds that it was fitted to", pictures, kinds.Length, (kind, width, height, channels, seed) =>
            (kinds[kind].ToString(), PdqPictures.Draw(kinds[kind], width, height, channels, seed)));
        var fresh = Enum.GetValues<PdqFreshPictures.Kind>();
        Report("kinds that nothing was fitted to", pictures / 4, fresh.Length, (kind, width, height, channels, seed) =>
            (fresh[kind].ToString(), PdqFreshPictures.Draw(fresh[kind], width, height, channels, seed)));
    }

    private delegate (string Name, byte[] Pixels) Drawing(int kind, int width, int height, int channels, int seed);

    private static void Report(string title, int pictures, int kinds, Drawing draw)
    {
        var memory = new Memory();
        var (tents, ordered) = (new TentSums(KernelRegistry.Preferred), new OrderedBlur());
        var seen = new Dictionary<(string Layout, string Kind, bool Lively), Worst>();
        var (certain, wrong, folded) = (0, 0, 0f);
        for (var n = 0; n < pictures; n++)
        {
            var random = new Random(n);
            var ((width, height), channels) = (s_shapes[random.Next(s_shapes.Length)], random.Next(3) == 0 ? 1 : 3);
            var number = random.Next(kinds);
            var layout = PixelLayout.Of(PixelLayout.OfChannels(channels));
            var noise = Noise.Of(width, height, layout);
            if (noise is null) continue;

            var plan = TentPlan.For(width, height, layout);
            memory.Begin(TentSums.Room(plan) + OrderedBlur.Room(width, height) + 2 * Memory.Size<float>(Samples.Side * Samples.Stride) + 3 * Memory.Size<float>(256));
            float* meant = memory.Take<float>(Samples.Side * Samples.Stride), rounded = memory.Take<float>(Samples.Side * Samples.Stride);
            float* meantDct = memory.Take<float>(256), roundedDct = memory.Take<float>(256), foldedDct = memory.Take<float>(256);
            tents.Begin(plan, memory);
            ordered.Begin(width, height, layout, memory, rounded);
            var (kind, picture) = draw(number, width, height, channels, n);
            fixed (byte* pixels = picture)
            {
                foreach (var strip in plan.Strips) tents.Add(strip, pixels, width * channels, 0);
                for (var y = 0; y < height; y += Block.Side) ordered.Add<Lanes8>(pixels + (nint)y * width * channels, width * channels, follow: true);
            }
            tents.Finish(meant);
            ordered.Finish<Lanes8>();
            CosineTransform.Run<Lanes8>(meant, meantDct);
            CosineTransform.Run<Lanes8>(rounded, roundedDct);
            FoldedTransform.Run<Lanes8>(meant, foldedDct);
            for (var k = 0; k < 256; k++) folded = Math.Max(folded, Math.Abs(foldedDct[k] - meantDct[k]));

            var verdict = IsRight(meant, rounded, noise);
            certain += verdict is null ? 0 : 1;
            wrong += verdict is false ? 1 : 0;

            var lively = Repetition.IsLively(meant, meantDct);
            var assumed = lively ? noise.Lively : noise.Any;
            var coefficient = Enumerable.Range(0, 256).Max(k => Math.Abs(meantDct[k] - roundedDct[k]) / noise.Shape[k]);
            var (beside, below) = StepErrors(meant, rounded);
            var name = channels == 3 ? "colour" : noise.Any.Times < 20 ? "grey, exact inside" : "grey";
            if (!seen.TryGetValue((name, kind, lively), out var worst)) seen[(name, kind, lively)] = worst = new();
            worst.Count++;
            worst.Coefficient = Math.Max(worst.Coefficient, coefficient);
            worst.Step = Math.Max(worst.Step, Math.Max(beside, below));
            worst.CoefficientShare = Math.Max(worst.CoefficientShare, coefficient / assumed.Times);
            worst.StepShare = Math.Max(worst.StepShare, Math.Max(beside / assumed.Beside, below / assumed.Below));
        }

        Console.WriteLine($"{pictures} pictures of {title}: of {certain} that had a certificate, {wrong} with another hash or quality than the reference");
        Console.WriteLine($"most that the folded transform was off: {folded:0.000000}, margin {FoldedTransform.Noise / folded:0.0}");
        Console.WriteLine("layout               kind          repeats  pictures  coefficient  margin     step  margin");
        foreach (var ((layout, kind, lively), worst) in seen.OrderBy(pair => pair.Key))
            Console.WriteLine($"{layout,-20} {kind,-13} {(lively ? "no" : "yes"),-7} {worst.Count,9} {worst.Coefficient,12:0.00000} {1 / worst.CoefficientShare,7:0.0} {worst.Step,8:0.00000} {1 / worst.StepShare,7:0.0}");
    }

    // Null if nothing was promised.
    private static bool? IsRight(float* meant, float* rounded, Noise noise)
    {
        Span<Hash256> promised = stackalloc Hash256[PdqDihedralResult.Count], right = stackalloc Hash256[PdqDihedralResult.Count];
        if (!Finish.TryCertain<Lanes8>(meant, noise, promised, out var quality) && !Finish.TryCertain<Lanes8>(meant, noise, promised = promised[..1], out quality)) return null;
        var rightQuality = Finish.AsIs<Lanes8>(rounded, right = right[..promised.Length]);
        return quality == rightQuality && promised.SequenceEqual(right);
    }

    private static (double Beside, double Below) StepErrors(float* meant, float* rounded)
    {
        var (beside, below) = (0.0, 0.0);
        for (var y = 0; y < Samples.Side; y++)
        {
            for (var x = 0; x < Samples.Side; x++)
            {
                var here = y * Samples.Stride + x;
                if (x > 0) beside = Math.Max(beside, Math.Abs(Off(here) - Off(here - 1)));
                if (y > 0) below = Math.Max(below, Math.Abs(Off(here) - Off(here - Samples.Stride)));
            }
        }
        return (beside, below);

        double Off(int sample) => (double)meant[sample] - rounded[sample];
    }

    private sealed class Worst
    {
        public int Count;
        public double Coefficient, Step, CoefficientShare, StepShare;
    }
}
