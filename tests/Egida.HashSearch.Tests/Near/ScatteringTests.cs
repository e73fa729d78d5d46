using Egida.HashSearch.Near;

namespace Egida.HashSearch.Tests.Near;

public class ScatteringTests
{
    private const uint CacheSets = 2048;

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(21)]
    [InlineData(22)]
    public void Lines_up_to_three_flips_apart_from_one_have_sets_of_their_own_in_a_cache_of_2048(int lineBits)
    {
        var flips = Flips.Of(lineBits);
        var places = flips.Words[..flips.Ends[3]].Select(Scattering.Golay.Of).ToList();

        Assert.Equal(places.Count, places.Select(place => place % CacheSets).Distinct().Count());
    }

    [Fact]
    public void Every_line_has_a_place_of_its_own_and_is_found_by_it()
    {
        for (var line = 0u; line < 1 << NearShape.MostLineBits; line += 7)
            if (Scattering.Golay.Of(Scattering.Golay.Of(line)) != line) Assert.Fail($"Line {line} isn't found again.");
    }

    [Fact]
    public void What_flips_do_to_a_place_doesnt_depend_on_the_line()
    {
        var random = new Random(3);
        for (var i = 0; i < 1000; i++)
        {
            var (line, flips) = ((uint)random.Next(1 << NearShape.MostLineBits), (uint)random.Next(1 << NearShape.MostLineBits));
            Assert.Equal(Scattering.Golay.Of(line) ^ Scattering.Golay.Of(flips), Scattering.Golay.Of(line ^ flips));
        }
    }
}
