namespace Egida.HashSearch.Tests;

public class TurningTests
{
    private static readonly Png s_picture = Golden.All().Single(golden => golden.File.StartsWith("000-", StringComparison.Ordinal)).Picture();

    public static TheoryData<Dihedral> Turns => [.. Enum.GetValues<Dihedral>()];

    [Theory]
    [MemberData(nameof(Turns))]
    public void The_derived_hash_is_near_the_hash_of_the_really_turned_picture(Dihedral turn)
    {
        var derived = PdqHasher.HashDihedral(s_picture.Pixels, s_picture.Width, s_picture.Height, s_picture.Stride, s_picture.Channels);

        var turned = Turned(turn);
        var really = PdqHasher.HashRgb(turned, s_picture.Width, s_picture.Height, s_picture.Stride);

        Assert.InRange(derived[turn].Distance(really.Hash), 0, 31);
        Assert.All(
            Enum.GetValues<Dihedral>().Where(other => other != turn),
            other => Assert.InRange(derived[other].Distance(really.Hash), 64, 256));
    }

    // Each pixel of the turned picture is fetched from where it stood; the picture is square.
    private static byte[] Turned(Dihedral turn)
    {
        int side = s_picture.Width, last = side - 1;
        var turned = new byte[s_picture.Pixels.Length];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (fromX, fromY) = turn switch
                {
                    Dihedral.Rotate90 => (last - y, x),
                    Dihedral.Rotate180 => (last - x, last - y),
                    Dihedral.Rotate270 => (y, last - x),
                    Dihedral.FlipX => (x, last - y),
                    Dihedral.FlipY => (last - x, y),
                    Dihedral.FlipPlus => (y, x),
                    Dihedral.FlipMinus => (last - y, last - x),
                    _ => (x, y),
                };
                s_picture.Pixels.AsSpan((fromY * side + fromX) * 3, 3).CopyTo(turned.AsSpan((y * side + x) * 3));
            }
        }
        return turned;
    }
}
