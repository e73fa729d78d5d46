using System.Numerics;

namespace Egida.Bench.Pictures;

/// <summary>
/// Small grey pictures by the million: windows into some large clouds, laid over each other. A few microseconds each, and the spectrum of photographs.
/// </summary>
internal sealed class CloudWindows
{
    public const int Side = 64;

    private const int Layers = 3;
    private const int Clouds = 24;
    private const int CloudSide = 512;

    private readonly Random _random = new(9);
    private readonly float[][] _clouds = [.. Enumerable.Range(0, Clouds).Select(Cloud)];
    private readonly byte[] _picture = new byte[Side * Side];
    private readonly float[] _row = new float[Side];

    /// <summary>Right until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Span<(int Cloud, int At, float Weight)> layers = stackalloc (int, int, float)[Layers];
        for (var i = 0; i < Layers; i++)
            layers[i] = (_random.Next(Clouds), _random.Next(CloudSide - Side) * CloudSide + _random.Next(CloudSide - Side), (float)(_random.NextDouble() * 2 - 1));
        for (var y = 0; y < Side; y++)
        {
            Array.Fill(_row, 0.5f);
            foreach (var (cloud, at, weight) in layers) Add(_clouds[cloud].AsSpan(at + y * CloudSide, Side), weight);
            for (var x = 0; x < Side; x++) _picture[y * Side + x] = (byte)Math.Clamp(_row[x] * 255, 0, 255);
        }
        return _picture;
    }

    private void Add(ReadOnlySpan<float> window, float weight)
    {
        for (var x = 0; x < Side; x += Vector<float>.Count)
            (new Vector<float>(_row, x) + (new Vector<float>(window[x..]) - new Vector<float>(0.5f)) * weight).CopyTo(_row, x);
    }

    private static float[] Cloud(int seed)
    {
        var clouds = new Clouds(seed, coarsest: 12);
        var cloud = new float[CloudSide * CloudSide];
        for (var i = 0; i < cloud.Length; i++) cloud[i] = clouds.At(i % CloudSide / (float)CloudSide, i / CloudSide / (float)CloudSide);
        return cloud;
    }
}
