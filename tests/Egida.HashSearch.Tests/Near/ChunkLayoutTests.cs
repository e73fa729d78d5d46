using Egida.HashSearch.Near;

namespace Egida.HashSearch.Tests.Near;

public class ChunkLayoutTests
{
    public static TheoryData<int> LineBits => [.. Enumerable.Range(NearShape.LeastLineBits, NearShape.MostLineBits - NearShape.LeastLineBits + 1)];

    [Theory, MemberData(nameof(LineBits))]
    public void Every_bit_of_a_code_belongs_to_exactly_one_chunk(int lineBits)
    {
        var layout = ChunkLayout.Of(lineBits);
        for (var bit = 0; bit < Hash256.BitLength; bit++)
        {
            var only = Some.Flip(default, bit);
            Assert.Equal(1, Enumerable.Range(0, layout.Count).Sum(chunk => int.PopCount((int)layout[chunk].Of(only))));
        }
    }

    [Theory, MemberData(nameof(LineBits))]
    public void A_processor_without_bit_extraction_reads_the_same_chunks(int lineBits)
    {
        var layout = ChunkLayout.Of(lineBits);
        foreach (var code in SomeCodes.Uniform(200, seed: lineBits))
            for (var chunk = 0; chunk < layout.Count; chunk++) Assert.Equal(layout[chunk].Of(code), layout[chunk].OfSlowly(code));
    }
}
