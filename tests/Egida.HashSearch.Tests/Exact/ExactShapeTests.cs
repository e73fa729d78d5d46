using Egida.HashSearch.Exact;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Exact;

public sealed class ExactShapeTests
{
    private sealed record Pair(ExactShape Shape, ulong First, ulong Other, ulong Second);

    // Neighbours among the mixed numbers are those that share a home: with 1 as multiplier and no mixing they can be aimed at.
    private static Arbitrary<Pair> Neighbours =>
        (from records in Gen.OneOf(Gen.Choose(1, 50), Gen.Choose(1, 1_000_000), Gen.Choose(1_000_000_000, int.MaxValue))
         from first in Some.Bytes(8).Select(bytes => BitConverter.ToUInt64(bytes))
         from bits in Gen.Choose(0, 63)
         from apart in Gen.Choose(1, 3)
         from second in Some.Bytes(8).Select(bytes => BitConverter.ToUInt64(bytes))
         select new Pair(new(records, ExactShape.LinesFor(records), 1, 1), first, first + ((ulong)apart << bits), second)).ToArbitrary();

    [Fact]
    public void Home_rest_and_second_number_together_are_the_digest() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Neighbours, pair =>
        {
            var (one, two) = (pair.Shape.Place(pair.First, pair.Second), pair.Shape.Place(pair.Other, pair.Second));
            return one.Home >= 0 && one.Home < pair.Shape.Lines
                && (pair.First == pair.Other || one.Home != two.Home || one.Rest != two.Rest);
        }));

    [Fact]
    public void The_rest_leaves_room_for_every_record_number_but_three_bits() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Neighbours, pair =>
        {
            var shape = pair.Shape;
            return (shape.Place(pair.First, pair.Second).Rest & (1ul << shape.IdBits) - 1) == 0
                && shape.Records - 1 >> shape.IdBits <= ExactLine.UpperId;
        }));

    [Fact]
    public void From_the_other_line_the_home_is_known() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Neighbours, pair =>
        {
            var place = pair.Shape.Place(pair.First, pair.Second);
            var other = pair.Shape.Other(place.Home, place.Spread);
            return other >= 0 && other < pair.Shape.Lines
                && (other != place.Home || pair.Shape.Lines == 1)
                && pair.Shape.HomeOf(other, place.Spread) == place.Home;
        }));
}
