namespace Egida.Bench.Pictures;

/// <summary>
/// Random clouds: octaves of smooth noise, each half as strong and twice as fine as the one before. Their power falls with
/// the square of the frequency, as that of photographs does.
/// </summary>
internal sealed class Clouds(int seed, int coarsest = 3, int octaves = 7, float roughness = 0.5f)
{
    /// <returns>About 0 to 1, around 0.5.</returns>
    public float At(float x, float y)
    {
        var (sum, weight, total) = (0f, 1f, 0f);
        for (int octave = 0, cells = coarsest; octave < octaves; octave++, cells *= 2)
        {
            sum += weight * Smooth(x * cells, y * cells, octave);
            total += weight;
            weight *= roughness;
        }
        return Math.Clamp((sum / total - 0.5f) * 1.8f + 0.5f, 0, 1);
    }

    private float Smooth(float x, float y, int octave)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (u, v) = (Ease(x - left), Ease(y - top));
        var above = Lattice(left, top, octave) * (1 - u) + Lattice(left + 1, top, octave) * u;
        var below = Lattice(left, top + 1, octave) * (1 - u) + Lattice(left + 1, top + 1, octave) * u;
        return above * (1 - v) + below * v;
    }

    private static float Ease(float t) => t * t * (3 - 2 * t);

    // A fixed scramble of the place: the same seed gives the same clouds on every machine.
    private float Lattice(int x, int y, int octave)
    {
        var h = unchecked((uint)(x * 374761393 + y * 668265263 + octave * 1274126177 + seed * 1103515245));
        h = (h ^ h >> 15) * 2246822519;
        h = (h ^ h >> 13) * 3266489917;
        return ((h ^ h >> 16) & 0xFFFFFF) / (float)0xFFFFFF;
    }
}
