using Egida.HashSearch.Files;
using Egida.HashSearch.Living;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

/// <summary>A segment that is written table by table is the same index as one that is built in memory.</summary>
public sealed class SegmentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(300, 300)]
    [InlineData(40_000, 0)]
    [InlineData(60_000, 57_000)]
    public void It_is_what_is_built_in_memory(int count, int balanced)
    {
        var (hashes, ids) = (new Hash256[count], new int[count]);
        var random = new Random(count);
        var bytes = new byte[Hash256.ByteLength];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            if (i < balanced)
            {
                bytes.AsSpan(0, 16).CopyTo(bytes.AsSpan(16));
                for (var j = 16; j < 32; j++) bytes[j] ^= 0xFF;
            }
            // Some are equal, and many are in one place, so that lines are continued.
            hashes[i] = i % 7 == 3 ? hashes[i - 1] : i % 7 == 5 ? Some.Flip(hashes[i - 2], i % 256) : Hash256.FromBytes(bytes);
            ids[i] = i / 2;
        }

        var copied = false;
        SegmentFile.Save(hashes, ids, _folder["bounded"], DiskStorage.Instance, default, () => copied = true);

        using var built = NearIndex.Build(hashes, ids);
        built.Save(_folder["whole"]);
        Assert.True(copied);
        using var bounded = SectionFile.Open(_folder["bounded"], "near", 2);
        using var whole = SectionFile.Open(_folder["whole"], "near", 2);
        bounded.Verify();
        foreach (var part in Enumerable.Range(0, built.Parts.Count))
            foreach (var section in new[] { $"lines{part}", $"numbers{part}", $"codes{part}", $"records{part}", $"lists{part}", "shapes" })
                Assert.True(bounded.Bytes(section).SequenceEqual(whole.Bytes(section)), section);
    }

    [Fact]
    public void Room_that_was_left_has_to_be_written()
    {
        using var writer = new SectionFileWriter(_folder["file"], "test", 1);
        writer.Reserve("first", 8);
        writer.Add("second", [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => writer.Begin("first"));
        Assert.Throws<InvalidOperationException>(writer.Commit);
    }
}
