using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq.Lanes;
using Egida.HashSearch.Pdq.Ordered;
using Egida.HashSearch.Pdq.Tents;

namespace Egida.HashSearch.Pdq;

/// <summary>Which way a hash was found.</summary>
internal enum PdqWay
{
    /// <summary>The sums without rounding were enough.</summary>
    Tents,

    /// <summary>All roundings of the reference had to be done.</summary>
    Ordered,
}

/// <summary>Everything that hashing one picture after the other needs, to be used by one thread at a time.</summary>
internal sealed unsafe class Workspace(Kernel kernel)
{
    [ThreadStatic]
    private static Workspace? s_ofThread;

    private readonly Memory _memory = new();
    private readonly TentSums _tents = new(kernel);
    private readonly OrderedBlur _ordered = new();

    public static Workspace OfThread => s_ofThread ??= new(KernelRegistry.Preferred);

    /// <summary>Not for a picture that is taken as it is, nor for one of enormous width.</summary>
    private static bool HasTents(int width, int height) => TentPlan.Fits(width) && (width, height) != (Samples.Side, Samples.Side);

    /// <summary>Hashes a picture of at least 5 × 5 pixels that the caller has checked.</summary>
    /// <param name="hashes">Room for the picture's hash, or for all eight in the order of <see cref="Dihedral"/>.</param>
    public PdqWay Hash(byte* pixels, int width, int height, nint stride, PixelLayout layout, Span<Hash256> hashes, out int quality, bool allowTents = true)
    {
        var way = kernel switch
        {
            Kernel.Avx512 => Hash<Lanes16>(pixels, width, height, stride, layout, hashes, out quality, allowTents),
            Kernel.Avx2 => Hash<Lanes8>(pixels, width, height, stride, layout, hashes, out quality, allowTents),
            Kernel.Vector128 => Hash<Lanes4>(pixels, width, height, stride, layout, hashes, out quality, allowTents),
            _ => Hash<Lanes1>(pixels, width, height, stride, layout, hashes, out quality, allowTents),
        };
        // Pointers into the memory don't keep it; who makes a workspace for one call holds nothing else.
        GC.KeepAlive(this);
        return way;
    }

    private PdqWay Hash<TLanes>(byte* pixels, int width, int height, nint stride, PixelLayout layout, Span<Hash256> hashes, out int quality, bool allowTents)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var room = Memory.Size<float>(Samples.Side * Samples.Stride);
        if (allowTents && HasTents(width, height))
        {
            var plan = TentPlan.For(width, height, layout);
            _memory.Begin(room + TentSums.Room(plan));
            var sampled = _memory.Take<float>(Samples.Side * Samples.Stride);
            _tents.Begin(plan, _memory);
            foreach (var strip in plan.Strips) _tents.Add(strip, pixels, stride, Ahead(strip.Rows.Length * stride));
            _tents.Finish(sampled);
            GC.KeepAlive(plan);
            if (Finish.TryCertain<TLanes>(sampled, plan.Noise, hashes, out quality)) return PdqWay.Tents;
        }

        _memory.Begin(room + OrderedBlur.Room(width, height));
        var samples = _memory.Take<float>(Samples.Side * Samples.Stride);
        _ordered.Begin(width, height, layout, _memory, samples);
        for (var y = 0; y < height; y += Block.Side) _ordered.Add<TLanes>(pixels + y * stride, stride, follow: true);
        _ordered.Finish<TLanes>();
        quality = Finish.AsIs<TLanes>(samples, hashes);
        return PdqWay.Ordered;
    }

    // Small strips: the next one, into the nearest cache. That is a third slower than asking earlier if the picture has to come from memory, and a
    // tenth quicker if it was just decoded and is in some cache, as it mostly is. Of larger ones some strips ahead: far enough for memory to
    // answer, near enough to be still in the cache when it is asked.
    private static nint Ahead(nint stripBytes) => stripBytes <= 4_096 ? stripBytes : stripBytes * Math.Max(1, 16_384 / stripBytes);
}
