namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// Step 5: coefficients 1 to 16 of the 64-point DCT-II in both directions (0, the mean, is left out), <c>B = D A Dᵀ</c>.
/// Sums run upwards in 32-bit floats, as in the reference.
/// </summary>
internal static class Dct
{
    public const int Side = 16;
    private const int Samples = Downsampling.Side;

    private static readonly float[,] s_basis = Basis();

    public static float[,] SixteenLowest(float[,] samples)
    {
        var half = new float[Side, Samples];
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Samples; j++)
            {
                var sum = 0f;
                for (var k = 0; k < Samples; k++) sum += s_basis[i, k] * samples[k, j];
                half[i, j] = sum;
            }
        }

        var coefficients = new float[Side, Side];
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                var sum = 0f;
                for (var k = 0; k < Samples; k++) sum += half[i, k] * s_basis[j, k];
                coefficients[i, j] = sum;
            }
        }
        return coefficients;
    }

    private static float[,] Basis()
    {
        var scale = (float)Math.Sqrt(2.0 / Samples);
        var basis = new float[Side, Samples];
        for (var i = 0; i < Side; i++)
            for (var j = 0; j < Samples; j++)
                basis[i, j] = (float)(scale * Math.Cos(Math.PI / 2 / Samples * (i + 1) * (2 * j + 1)));
        return basis;
    }
}
