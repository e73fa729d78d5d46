namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// A turned or mirrored picture has the same coefficients, transposed and with some signs changed: mirroring an axis negates
/// the odd frequencies along it (index 0, 2, 4…, as index 0 is frequency 1).
/// </summary>
internal static class Turning
{
    public static float[,] Of(float[,] coefficients, Dihedral turn)
    {
        var (transpose, negateEvenRows, negateEvenColumns) = turn switch
        {
            Dihedral.Original => (false, false, false),
            Dihedral.Rotate90 => (true, true, false),
            Dihedral.Rotate180 => (false, true, true),
            Dihedral.Rotate270 => (true, false, true),
            Dihedral.FlipX => (false, true, false),
            Dihedral.FlipY => (false, false, true),
            Dihedral.FlipPlus => (true, false, false),
            Dihedral.FlipMinus => (true, true, true),
            _ => throw new ArgumentOutOfRangeException(nameof(turn), turn, message: null),
        };

        var turned = new float[Dct.Side, Dct.Side];
        for (var i = 0; i < Dct.Side; i++)
        {
            for (var j = 0; j < Dct.Side; j++)
            {
                var value = transpose ? coefficients[j, i] : coefficients[i, j];
                var negate = (negateEvenRows && i % 2 == 0) ^ (negateEvenColumns && j % 2 == 0);
                turned[i, j] = negate ? -value : value;
            }
        }
        return turned;
    }
}
