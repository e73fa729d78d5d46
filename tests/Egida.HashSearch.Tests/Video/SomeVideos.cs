using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Video;

/// <summary>Videos of random frames, and what re-uploads make of them.</summary>
internal static class SomeVideos
{
    public static Hash256 Hash(Random random)
    {
        var bytes = new byte[Hash256.ByteLength];
        random.NextBytes(bytes);
        return Hash256.FromBytes(bytes);
    }

    /// <summary>The hash with exactly that many bits changed.</summary>
    public static Hash256 Noisy(Hash256 hash, int bits, Random random)
    {
        var places = Enumerable.Range(0, Hash256.BitLength).ToArray();
        random.Shuffle(places);
        return places.Take(bits).Aggregate(hash, Some.Flip);
    }

    /// <summary>A frame every <paramref name="step"/> seconds, all of them unlike each other.</summary>
    public static VideoFrame[] Frames(int count, Random random, double step = 1) =>
        [.. Enumerable.Range(0, count).Select(i => new VideoFrame((int)(i * step * 25), i * step, Hash(random), 100))];

    /// <summary>The frames from one time to another, as a file of its own: re-encoded, played faster or slower, begun later.</summary>
    public static IEnumerable<VideoFrame> Clip(
        this IEnumerable<VideoFrame> frames, double from, double to, Random random, int noise = 10, double speed = 1, double at = 0) =>
        frames.Where(frame => frame.Seconds >= from && frame.Seconds < to)
            .Select(frame => frame with { Seconds = at + (frame.Seconds - from) / speed, Pdq = Noisy(frame.Pdq, noise, random) });

    /// <summary>Videos from so small a stock of pictures that they share many, close in time and out of order, with spans and gaps.</summary>
    public static Gen<VideoHash> Entangled(Hash256[] stock, int mostFrames) =>
        from count in Gen.Choose(0, mostFrames)
        from pictures in Gen.Choose(0, stock.Length - 1).ArrayOf(count)
        from steps in Gen.Choose(0, 12).ArrayOf(count)
        from stays in Gen.Choose(0, 3).ArrayOf(count)
        from noisy in Gen.Choose(0, 255).ArrayOf(count)
        select Of(stock, pictures, steps, stays, noisy);

    private static VideoHash Of(Hash256[] stock, int[] pictures, int[] steps, int[] stays, int[] noisy)
    {
        var (frames, seconds) = (new List<VideoFrame>(), 0.0);
        for (var i = 0; i < pictures.Length; i++)
        {
            var hash = Some.Flip(stock[pictures[i]], noisy[i]);
            frames.Add(new(frames.Count, seconds, hash, 100));
            if (stays[i] > 0) frames.Add(new(frames.Count, seconds += stays[i] / 2.0, hash, 100));
            seconds += steps[i] / 2.0;
        }
        return VideoHash.Of(frames);
    }
}
