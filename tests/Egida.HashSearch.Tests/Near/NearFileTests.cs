using Egida.HashSearch.Files;
using Egida.HashSearch.Near;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Near;

public class NearFileTests
{
    [Theory]
    [InlineData(0, false), InlineData(1, false), InlineData(20_000, false), InlineData(20_000, true)]
    public void A_saved_index_finds_the_same_after_opening(int count, bool inMemory)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "codes.near");
        var codes = SomeCodes.Of("mixed", count, seed: 1);
        using (var built = NearIndex.Build(codes)) built.Save(path);

        using var opened = NearIndex.Open(path, inMemory);
        Assert.Equal(count, opened.Count);
        opened.Verify();
        opened.Populate();
        NearIndexTests.Compare(opened, codes, SomeCodes.Queries(codes, 192, seed: 2));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void An_index_inside_another_file_finds_as_on_its_own(bool inMemory)
    {
        using var folder = new TemporaryFolder();
        var (path, around) = (folder["codes.near"], folder["around"]);
        var codes = SomeCodes.Of("mixed", 2_000, seed: 1);
        using (var built = NearIndex.Build(codes)) built.Save(path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(around, [.. new byte[4096], .. bytes, 1, 2, 3]);

        using var inside = NearIndex.Open(around, 4096, bytes.Length, inMemory);
        NearIndexTests.Compare(inside, codes, SomeCodes.Queries(codes, 48, seed: 2));
        Assert.Throws<IndexFileException>(() => NearIndex.Open(around, 4096, bytes.Length + 4));
        Assert.Throws<IndexFileException>(() => NearIndex.Open(around, 0, bytes.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearIndex.Open(around, 8, bytes.Length));
    }

    [Fact]
    public void A_file_of_version_1_whose_lines_lie_in_the_order_of_their_numbers_is_searched_as_well()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "codes.near");
        var codes = SomeCodes.Of("mixed", 90_000, seed: 11);
        using (var part = NearPartBuilder.Build(codes, [.. Enumerable.Range(0, codes.Length)], isBalanced: false, CancellationToken.None, isScattered: false))
        {
            Assert.True(part.Shape.LineBits > 11);
            NearFile.Save([part], path);
        }

        using var opened = NearIndex.Open(path);
        NearIndexTests.Compare(opened, codes, SomeCodes.Queries(codes, 96, seed: 12));
    }

    [Fact]
    public void A_file_with_a_wrong_bit_is_refused_by_verifying_and_never_read_beside()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "codes.near");
        var codes = SomeCodes.Of("mixed", 4_000, seed: 3);
        codes[17] = codes[18];
        using (var built = NearIndex.Build(codes)) built.Save(path);
        var whole = File.ReadAllBytes(path);
        var queries = SomeCodes.Queries(codes, 48, seed: 4);
        var random = new Random(5);

        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])whole.Clone();
            // One bit, or a stretch of nonsense where positions, numbers and lists are.
            if (round % 2 == 0) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            else random.NextBytes(damaged.AsSpan(random.Next(4096, damaged.Length - 5000), 4000));
            File.WriteAllBytes(path, damaged);
            try
            {
                using var opened = NearIndex.Open(path);
                Assert.Equal(IndexFileProblem.Damaged, Assert.Throws<IndexFileException>(() => opened.Verify()).Problem);
                var found = new NearMatches();
                foreach (var query in queries) opened.FindAll(query, 31, found);
            }
            catch (IndexFileException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "codes.near");
        using (var built = NearIndex.Build(SomeCodes.Uniform(500, seed: 6))) built.Save(path);
        var whole = File.ReadAllBytes(path);
        for (var length = 1; length < whole.Length; length += 1 + whole.Length / 97)
        {
            File.WriteAllBytes(path, whole.AsSpan(0, length));
            Assert.Throws<IndexFileException>(() => NearIndex.Open(path));
        }
    }

    [Fact]
    public void Shapes_that_no_index_has_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "codes.near");
        foreach (var shape in new int[][] { [1], [0, 4, 0, 0, 0, 0, 0], [5, 3, 0, 0, 0, 0, 0], [5, 23, 0, 0, 0, 0, 0], [5, 4, -1, 0, 0, 0, 0], [5, 4, 0, 0, -1, 0, 0], [int.MaxValue, 4, 0, 0, 0, 0, 0] })
        {
            using (var writer = new SectionFileWriter(path, "near", 1))
            {
                writer.Add("shapes", System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(shape));
                writer.Commit();
            }
            Assert.Equal(IndexFileProblem.Damaged, Assert.Throws<IndexFileException>(() => NearIndex.Open(path)).Problem);
        }
    }
}
