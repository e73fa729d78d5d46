using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

/// <summary>An index as version 1 wrote it. What was written once can be read forever.</summary>
public sealed class GoldenLivingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Forty records in a segment; of these 3 and 5 have tombstones; in the log 7 is removed, 40 added and 3 added again.</summary>
    [Fact]
    public void Version_1_of_manifest_segment_and_log_is_read_and_goes_on()
    {
        foreach (var file in Directory.GetFiles(GoldenFile.At("living-1"))) File.Copy(file, _folder[Path.GetFileName(file)]);

        using var index = LivingNearIndex.Open(_folder.Path, new() { CompactsInBackground = false });
        index.Verify();
        for (var compacted = 0; compacted < 2; compacted++)
        {
            for (var id = 0; id <= 40; id++)
                Assert.Equal(id is 5 or 7 ? null : new NearMatch(id, 0), index.FindNearest(HashOf(id), 0));
            index.Compact();
        }
        Assert.Equal(39, index.Status.Records);
    }

    private static Hash256 HashOf(int record) =>
        Hash256.FromBytes([.. Enumerable.Range(0, Hash256.ByteLength).Select(at => (byte)(record * 37 ^ at * record * 11 ^ at * 59))]);
}
