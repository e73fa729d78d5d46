using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;
using Egida.HashSearch.Pdq.Lanes;
using Egida.HashSearch.Pdq.Tents;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

public unsafe class PdqPartsTests
{
    [Fact]
    public void A_tent_weighs_pixels_as_two_rounds_of_the_box_do() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(5, 3000).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (pixels, most) =>
        {
            var random = new Random(pixels);
            var row = Enumerable.Range(0, pixels).Select(_ => (double)random.Next(256)).ToArray();
            var window = BoxWindow.ForSide(pixels);
            var twice = Means(Means(row, window), window);

            var samples = new double[Samples.Side];
            foreach (var tent in Tent.ForSide(pixels, most))
                samples[tent.Sample] += tent.Scale * tent.Weights.Select((weight, t) => weight * row[tent.First + t]).Sum();

            return Enumerable.Range(0, Samples.Side).All(i => Math.Abs(samples[i] - twice[Samples.Position(i, pixels)]) < 1e-9);
        }));

    [Fact]
    public void Strips_carry_the_weights_of_the_tents_within_what_sixteen_bits_hold() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(5, 9_000).ToArbitrary(), height =>
        {
            var strips = Strip.ForHeight(height);
            var inStrips = strips.SelectMany(strip => strip.Rows.Zip(strip.Weights, (row, weight) => (strip.Sample, Row: row, Share: weight * strip.Scale)));
            var inTents = Tent.ForSide(height, Strip.MostTogether).SelectMany(tent => tent.Weights.Select((weight, t) => (tent.Sample, Row: tent.First + t, Share: weight * tent.Scale)));

            return strips.All(strip => strip.Weights.Sum() <= 257 && strip.Weights.All(weight => weight <= 64) && strip.Rows.Length % 2 == 0
                    && strip.Last - strip.Rows[0] < Strip.MostEntries && strip.Last < height)
                && strips.Zip(strips.Skip(1)).All(pair => pair.First.Last <= pair.Second.Last)
                && ByRow(inStrips).SequenceEqual(ByRow(inTents));
        }));

    public static TheoryData<string> Kernels => PdqKernelTests.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Division_by_multiplication_rounds_as_division(string kernel)
    {
        switch (Enum.Parse<Kernel>(kernel))
        {
            case Kernel.Avx512: Divide<Lanes16>(); break;
            case Kernel.Avx2: Divide<Lanes8>(); break;
            case Kernel.Vector128: Divide<Lanes4>(); break;
            default: Divide<Lanes1>(); break;
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_square_of_lanes_is_turned(string kernel)
    {
        switch (Enum.Parse<Kernel>(kernel))
        {
            case Kernel.Avx512: Turn<Lanes16>(); break;
            case Kernel.Avx2: Turn<Lanes8>(); break;
            case Kernel.Vector128: Turn<Lanes4>(); break;
            default: Turn<Lanes1>(); break;
        }
    }

    [Fact]
    public void The_hash_of_the_transposed_coefficients_is_the_transposed_hash() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(32).ToArbitrary(), bytes =>
        {
            var bits = new ulong[4];
            Buffer.BlockCopy(bytes, 0, bits, 0, 32);
            var turned = bits.ToArray();
            Halves.Transpose(turned);
            return Enumerable.Range(0, 256).All(k => Bit(turned, k) == Bit(bits, k % 16 * 16 + k / 16));
        }));

    [Fact]
    public void Halves_that_are_clear_stay_what_they_are_whatever_the_noise()
    {
        var random = new Random(6);
        float* coefficients = stackalloc float[256], noisy = stackalloc float[256];
        var (noise, bits, after) = (new float[256], new ulong[4], new ulong[4]);
        var clear = 0;
        for (var n = 0; n < 3_000; n++)
        {
            for (var k = 0; k < 256; k++) (coefficients[k], noise[k]) = (random.NextSingle() * 20 - 10, random.NextSingle() * 0.01f);
            var (signs, times) = (random.Next(Halves.Signs), 1 + random.Next(9));
            var median = Halves.Split<Lanes4>(coefficients, signs, bits);
            if (!Halves.IsClear<Lanes4>(coefficients, signs, bits, median, noise, times, more: 0)) continue;

            clear++;
            // Rounding takes nothing away: a little less than the whole noise.
            for (var k = 0; k < 256; k++) noisy[k] = coefficients[k] + noise[k] * times * 0.9999f * (random.Next(2) * 2 - 1);
            Halves.Split<Lanes4>(noisy, signs, after);
            Assert.Equal(bits, after);
        }
        Assert.InRange(clear, 1, 2_999);
    }

    [Fact]
    public void Halves_are_not_clear_if_the_median_comes_twice()
    {
        float* coefficients = stackalloc float[256];
        for (var k = 0; k < 256; k++) coefficients[k] = k;
        var (noise, bits) = (new float[256], new ulong[4]);
        Assert.True(Halves.IsClear<Lanes4>(coefficients, 0, bits, Halves.Split<Lanes4>(coefficients, 0, bits), noise, 1, more: 0));

        coefficients[128] = coefficients[127];
        Assert.False(Halves.IsClear<Lanes4>(coefficients, 0, bits, Halves.Split<Lanes4>(coefficients, 0, bits), noise, 1, more: 0));
    }

    [Theory]
    [MemberData(nameof(PdqKernelTests.Kernels), MemberType = typeof(PdqKernelTests))]
    public void The_median_is_the_128th_smallest_whatever_repeats(string kernel)
    {
        switch (Enum.Parse<Kernel>(kernel))
        {
            case Kernel.Avx512: Split<Lanes16>(); break;
            case Kernel.Avx2: Split<Lanes8>(); break;
            case Kernel.Vector128: Split<Lanes4>(); break;
            default: Split<Lanes1>(); break;
        }
    }

    [Theory]
    [MemberData(nameof(PdqKernelTests.Kernels), MemberType = typeof(PdqKernelTests))]
    public void The_folded_transform_is_as_near_as_it_says(string kernel)
    {
        switch (Enum.Parse<Kernel>(kernel))
        {
            case Kernel.Avx512: Fold<Lanes16>(); break;
            case Kernel.Avx2: Fold<Lanes8>(); break;
            case Kernel.Vector128: Fold<Lanes4>(); break;
            default: Fold<Lanes1>(); break;
        }
    }

    [Fact]
    public void A_picture_that_repeats_itself_or_has_no_detail_is_not_lively()
    {
        float* samples = stackalloc float[Samples.Side * Samples.Stride], coefficients = stackalloc float[256];
        new Span<float>(coefficients, 256).Fill(9);
        for (var i = 0; i < Samples.Side * Samples.Stride; i++) samples[i] = i % Samples.Stride;
        Assert.False(Repetition.IsLively(samples, coefficients));

        var random = new Random(1);
        for (var i = 0; i < Samples.Side * Samples.Stride; i++) samples[i] = random.NextSingle() * 255;
        Assert.True(Repetition.IsLively(samples, coefficients));

        new Span<float>(coefficients, 100).Fill(-1);
        Assert.False(Repetition.IsLively(samples, coefficients));
    }

    [Fact]
    public void Hashing_allocates_nothing_once_it_is_warm()
    {
        var pixels = PdqPictures.Draw(PdqPictures.Kind.Photo, 300, 200, 3, 1);
        var flat = new byte[pixels.Length];
        var hashes = new Hash256[8];
        for (var i = 0; i < 3; i++) Both();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Both();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Both()
        {
            PdqHasher.HashRgb(pixels, 300, 200, 900);
            PdqHasher.HashRgb(flat, 300, 200, 900);
            PdqHasher.HashDihedral(pixels, 300, 200, 900, PdqPixels.Rgb, hashes);
        }
    }

    private static double[] Means(double[] row, BoxWindow window) =>
    [
        .. Enumerable.Range(0, row.Length).Select(x =>
        {
            var (first, end) = (Math.Max(0, x + window.Lead + 1 - window.Size), Math.Min(row.Length, x + window.Lead + 1));
            return row[first..end].Average();
        }),
    ];

    private static IEnumerable<(int Sample, int Row, double Share)> ByRow(IEnumerable<(int Sample, int Row, double Share)> entries) =>
        entries.GroupBy(entry => (entry.Sample, entry.Row)).OrderBy(group => group.Key)
            .Select(group => (group.Key.Sample, group.Key.Row, Share: Math.Round(group.Sum(entry => entry.Share), 12)));

    private static bool Bit(ulong[] bits, int k) => (bits[k / 64] >> k % 64 & 1) != 0;

    private static void Split<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        var random = new Random(3);
        float* coefficients = stackalloc float[256];
        var bits = new ulong[4];
        for (var n = 0; n < 300; n++)
        {
            // From all different to nearly all the same, and around zero.
            var (values, size) = (1 + random.Next(1 << random.Next(12)), (float)Math.Pow(10, random.Next(-6, 6)));
            for (var k = 0; k < 256; k++) coefficients[k] = (random.Next(values) - values / 2) * size;
            var sorted = new ReadOnlySpan<float>(coefficients, 256).ToArray();
            Array.Sort(sorted);

            var median = Halves.Split<TLanes>(coefficients, 0, bits);

            Assert.Equal(sorted[127], median);
            Assert.All(Enumerable.Range(0, 256), k => Assert.Equal(coefficients[k] > median, Bit(bits, k)));
        }
    }

    private static void Fold<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        var random = new Random(8);
        float* samples = stackalloc float[Samples.Side * Samples.Stride], coefficients = stackalloc float[256], folded = stackalloc float[256];
        for (var n = 0; n < 200; n++)
        {
            // Waves as strong as there are, noise, black and white, and all of it together.
            var (across, down, noise) = (random.NextDouble(), random.NextDouble(), random.Next(255));
            for (var y = 0; y < Samples.Side; y++)
                for (var x = 0; x < Samples.Side; x++)
                {
                    var value = 127.5 + 127.5 * Math.Cos(across * x + down * y) + random.Next(-noise, noise + 1) * (n % 3);
                    samples[y * Samples.Stride + x] = (float)Math.Clamp(n % 4 == 0 ? Math.Round(value / 255) * 255 : value, 0, 255);
                }

            CosineTransform.Run<TLanes>(samples, coefficients);
            FoldedTransform.Run<TLanes>(samples, folded);

            for (var k = 0; k < 256; k++) Assert.Equal(coefficients[k], folded[k], FoldedTransform.Noise);
        }
    }

    private static void Divide<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        var random = new Random(9);
        float* dividends = stackalloc float[16], quotients = stackalloc float[16];
        for (var i = 0; i < 40_000; i++)
        {
            var divisor = 1 + random.Next(600);
            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                // Around a multiple, in the middle between two floats, anything.
                var multiple = divisor * (float)(random.NextDouble() * 255);
                dividends[lane] = random.Next(3) switch { 0 => multiple, 1 => MathF.BitIncrement(multiple), _ => random.NextSingle() * MathF.Pow(2, random.Next(-30, 18)) };
            }
            TLanes.Store(Quotient.Of(TLanes.Load(dividends), divisor, TLanes.Broadcast(1f / divisor)), quotients);
            for (var lane = 0; lane < TLanes.Count; lane++) Assert.Equal(dividends[lane] / divisor, quotients[lane]);
        }
    }

    private static void Turn<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        float* from = stackalloc float[16 * 20], to = stackalloc float[16 * 17];
        for (var i = 0; i < 16 * 20; i++) from[i] = i;
        TLanes.Transpose(from, 20, to, 17);
        for (var y = 0; y < TLanes.Count; y++)
            for (var x = 0; x < TLanes.Count; x++)
                Assert.Equal(from[y * 20 + x], to[x * 17 + y]);
    }
}
