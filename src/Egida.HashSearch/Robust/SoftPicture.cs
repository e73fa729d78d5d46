namespace Egida.HashSearch.Robust;

/// <summary>
/// The query as PDQ sees it: brightness, blurred, on a grid of fixed size whatever the picture's shape. A guess only moves the
/// 64×64 places at which this is sampled, so it costs microseconds and not a decoding.
/// </summary>
/// <remarks>
/// PDQ blurs with a tent as wide as a 64th of each side. The mean over a cell, the weights 1 2 1 and the interpolation between
/// cells make a kernel of the same spread, 0.68 of a squared cell against 0.67, whatever the picture's size.
/// </remarks>
internal sealed class SoftPicture
{
    /// <summary>Cells on each side.</summary>
    private const int Side = 256;

    /// <summary>The size that the reference takes as it is, without blurring.</summary>
    private const int Samples = 64;

    private readonly float[] _brightness = new float[Side * Side];

    public SoftPicture(PixelView picture)
    {
        Average(picture);
        Soften(1, Side);
        Soften(Side, 1);
    }

    /// <summary>The hashes of the picture that the guess supposes.</summary>
    /// <param name="map">Where in the query, 0 to 1 in both directions, a place of the supposed picture is.</param>
    public PdqDihedralResult Hash(in PlaceMap map)
    {
        Span<float> samples = stackalloc float[Samples * Samples];
        for (var i = 0; i < samples.Length; i++)
        {
            var (x, y) = map.Of((i % Samples + 0.5f) / Samples, (i / Samples + 0.5f) / Samples);
            samples[i] = At(Mirrored(x) * Side - 0.5f, Mirrored(y) * Side - 0.5f);
        }
        Span<byte> grey = stackalloc byte[Samples * Samples];
        Stretch(samples, grey);
        return PdqHasher.HashDihedral(grey, Samples, Samples, Samples, channels: 1);
    }

    // What lies outside the query is made up by what lies inside, mirrored at the edge.
    private static float Mirrored(float place) => Math.Clamp(place < 0 ? -place : place > 1 ? 2 - place : place, 0, 1);

    // The hash doesn't depend on contrast; with all of it, rounding to bytes changes least.
    private static void Stretch(ReadOnlySpan<float> samples, Span<byte> grey)
    {
        var (least, most) = (float.MaxValue, float.MinValue);
        foreach (var sample in samples) (least, most) = (Math.Min(least, sample), Math.Max(most, sample));
        var scale = 255 / Math.Max(most - least, 1e-3f);
        for (var i = 0; i < samples.Length; i++) grey[i] = (byte)((samples[i] - least) * scale + 0.5f);
    }

    private float At(float x, float y)
    {
        var (left, top) = (Math.Clamp((int)MathF.Floor(x), 0, Side - 2), Math.Clamp((int)MathF.Floor(y), 0, Side - 2));
        var (u, v) = (Math.Clamp(x - left, 0, 1), Math.Clamp(y - top, 0, 1));
        var cell = top * Side + left;
        var above = _brightness[cell] + (_brightness[cell + 1] - _brightness[cell]) * u;
        var below = _brightness[cell + Side] + (_brightness[cell + Side + 1] - _brightness[cell + Side]) * u;
        return above + (below - above) * v;
    }

    // A cell takes from every pixel that part of it that lies in the cell.
    private void Average(PixelView picture)
    {
        var brightness = new float[picture.Width];
        var (perColumn, perRow) = ((float)picture.Width / Side, (float)picture.Height / Side);
        for (var y = 0; y < picture.Height; y++)
        {
            Brightness(picture.Row(y), picture.Channels, brightness);
            var last = Math.Min(Side - 1, (int)((y + 1) / perRow));
            for (var cell = (int)(y / perRow); cell <= last; cell++)
            {
                var covered = Math.Min(y + 1, (cell + 1) * perRow) - Math.Max(y, cell * perRow);
                if (covered > 0) AddRow(brightness, covered / (perColumn * perRow), perColumn, _brightness.AsSpan(cell * Side, Side));
            }
        }
    }

    private static void AddRow(ReadOnlySpan<float> brightness, float weight, float perColumn, Span<float> cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var (left, right) = (column * perColumn, (column + 1) * perColumn);
            var (first, last) = ((int)left, Math.Min((int)right, brightness.Length - 1));
            // Whole pixels up to the last one, of which only a part is in the cell, less the part of the first that isn't.
            var sum = brightness[last] * (right - last) - brightness[first] * (left - first);
            for (var x = first; x < last; x++) sum += brightness[x];
            cells[column] += weight * sum;
        }
    }

    private static void Brightness(ReadOnlySpan<byte> row, int channels, Span<float> brightness)
    {
        for (int x = 0, from = 0; x < brightness.Length; x++, from += channels)
            brightness[x] = channels == 1 ? row[from] : 0.299f * row[from] + 0.587f * row[from + 1] + 0.114f * row[from + 2];
    }

    private void Soften(int step, int lineStep)
    {
        Span<float> line = stackalloc float[Side];
        for (var start = 0; start < Side * lineStep; start += lineStep)
        {
            for (var i = 0; i < Side; i++) line[i] = _brightness[start + i * step];
            for (var i = 0; i < Side; i++)
                _brightness[start + i * step] = 0.25f * line[Math.Max(0, i - 1)] + 0.5f * line[i] + 0.25f * line[Math.Min(Side - 1, i + 1)];
        }
    }
}
