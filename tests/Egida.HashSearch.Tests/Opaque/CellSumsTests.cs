using Egida.HashSearch.Opaque;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Opaque;

public sealed class CellSumsTests
{
    // Few different bytes, near each other or at the ends: rounding matters most there.
    private static Gen<byte[]> Vectors => Gen.OneOf(
        Some.Bytes(OpaqueVector144.ByteLength),
        Gen.Choose(0, 3).Select(value => (byte)value).ArrayOf(OpaqueVector144.ByteLength),
        Gen.Elements<byte>(0, 1, 254, 255).ArrayOf(OpaqueVector144.ByteLength));

    [Fact]
    public void A_sketch_never_says_farther_than_it_is() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Vectors.ToArbitrary(), Vectors.ToArbitrary(), (left, right) =>
        {
            var (one, two) = (new byte[CellSums.Cells], new byte[CellSums.Cells]);
            CellSums.Sketch(left, one);
            CellSums.Sketch(right, two);
            var differences = one.Zip(two, (a, b) => Math.Abs(a - b)).ToArray();
            var (l1, squared) = (OpaqueDistance.L1(left, right), OpaqueDistance.SquaredL2(left, right));
            return differences.Sum() <= CellSums.L1Limit(l1) && differences.Sum(d => 4 * d * d - 6 * d) <= squared;
        }));

    [Fact]
    public void The_bounds_are_reached_where_they_can_be()
    {
        // In every cell a sum of 3 against one of 4: the sketches differ by 1, the vectors by 1.
        var (left, right) = (new byte[OpaqueVector144.ByteLength], new byte[OpaqueVector144.ByteLength]);
        for (var cell = 0; cell < CellSums.Cells; cell++) (left[4 * cell], right[4 * cell]) = (3, 4);
        var (one, two) = (new byte[CellSums.Cells], new byte[CellSums.Cells]);
        CellSums.Sketch(left, one);
        CellSums.Sketch(right, two);

        Assert.Equal(CellSums.Cells, one.Zip(two, (a, b) => Math.Abs(a - b)).Sum());
        Assert.Equal(CellSums.Cells, OpaqueDistance.L1(left, right));
        Assert.Equal(CellSums.Cells, CellSums.L1Limit(CellSums.Cells));
    }
}
