using System.Security.Cryptography;
using Egida.HashBank.Partners.Ranges;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.HashBank.Partners.Ranges;

public sealed class RangeFileTests : IDisposable
{
    private static readonly byte[] Blur = SHA256.HashData([1]), Filling = SHA256.HashData([2]);

    private readonly string folder = Directory.CreateTempSubdirectory("egida-ranges-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_range_hides_a_question_among_a_hundred_hashes_and_has_room_for_its_own() => Prop.ForAll(
        Gen.Choose(0, 200_000).ToArbitrary(), Gen.Choose(1, 1 << 30).ToArbitrary(), (hashes, seed) =>
        {
            var random = new Random(seed);
            var counts = new int[1 << (4 * RangeShape.MostDigits)];
            for (var i = 0; i < hashes; i++) counts[random.Next(counts.Length)]++;
            var shape = RangeShape.Of(counts);
            var sums = counts.Chunk(counts.Length / shape.Ranges).Select(c => c.Sum()).ToList();
            return shape.Lines >= RangeShape.Least && sums.Max() <= shape.Lines && (shape.Digits == 1 || sums.Min() >= RangeShape.Least);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40_000)]
    public async Task Every_hash_stands_in_its_range_and_nothing_tells_it_from_what_fills_the_range_up(int count)
    {
        var hashes = Enumerable.Range(0, count).Select(i => SHA256.HashData(BitConverter.GetBytes(i))).ToList();
        using var file = await Build("one", [.. hashes, .. hashes.Take(5)]);
        using var other = await Build("two", Enumerable.Reverse(hashes));

        Assert.Equal((9, count > 1000), (file.Change, file.Shape.Digits > 1));
        for (var range = 0; range < file.Shape.Ranges; range++)
        {
            var lines = Text(file, range);
            Assert.Equal(file.Shape.Lines, lines.Count);
            Assert.Equal(lines.Order(StringComparer.Ordinal).Distinct(), lines);
            Assert.Equal(lines, Text(other, range));
        }

        foreach (var hash in hashes.Take(500))
        {
            var blurred = Convert.ToHexStringLower(HMACSHA256.HashData(Blur, hash));
            var range = Convert.ToInt32(blurred[..file.Shape.Digits], 16);
            Assert.Contains(blurred.Substring(file.Shape.Digits, 32), Text(file, range));
        }

        Assert.Equal(["one.ranges", "two.ranges"], Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_whole_is_not_opened()
    {
        (await Build("one", [])).Dispose();
        var path = Path.Combine(folder, "one.ranges");
        foreach (var length in new[] { 0, 7, RangeFile.HeaderLength, (int)new FileInfo(path).Length - 1 })
        {
            var cut = Path.Combine(folder, $"cut-{length}");
            await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(path))[..length]);
            Assert.Throws<InvalidDataException>(() => RangeFile.Open(cut));
        }
    }

    [Fact]
    public void A_sketch_counts_different_ranges_and_not_how_often_they_are_asked_for()
    {
        var sketch = PrefixSketch.Empty;
        for (var range = 0; range < 6000; range++)
        {
            PrefixSketch.Add(sketch, Blur, range);
            PrefixSketch.Add(sketch, Blur, range / 2);
            if (range is 0 or 15 or 600 or 5999) Assert.InRange(PrefixSketch.Estimate(sketch), (int)((range + 1) * 0.93), (int)Math.Ceiling((range + 1) * 1.07));
        }
    }

    [Theory]
    [InlineData(16, 8)]
    [InlineData(65_536, 6554)]
    public void A_tenth_of_the_ranges_is_usual(int ranges, int allowed) => Assert.Equal(allowed, RangeBrake.Allowed(ranges, 0.1));

    private async Task<RangeFile> Build(string name, IEnumerable<byte[]> hashes)
    {
        var path = Path.Combine(folder, $"{name}.ranges");
        await new RangeBuilder(path, Blur, Filling).Build(hashes.ToAsyncEnumerable(), 9, CancellationToken.None);
        return RangeFile.Open(path);
    }

    private static List<string> Text(RangeFile file, int range) => [.. System.Text.Encoding.ASCII.GetString(file.Lines(range)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
