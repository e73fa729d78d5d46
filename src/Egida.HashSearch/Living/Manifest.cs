using System.Runtime.InteropServices;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>A segment as the manifest names it.</summary>
/// <param name="Number">Of its file.</param>
/// <param name="AsOf">It holds no record that was removed up to this time.</param>
internal readonly record struct SegmentEntry(long Number, long AsOf);

/// <summary>
/// Which files make up the index. It is replaced as a whole, so there is the state before and the state after a compaction,
/// and none between; a file that it doesn't name is none of the index.
/// </summary>
/// <param name="Checkpoint">All changes up to this number are in the segments and tombstones, all later ones in the logs.</param>
/// <param name="FirstLog">The number of the oldest log that is still needed.</param>
/// <param name="NextNumber">No file of the index has had this number or a higher one, except logs.</param>
internal sealed record Manifest(long Checkpoint, long FirstLog, long NextNumber, IReadOnlyList<SegmentEntry> Segments, IReadOnlyList<Tombstone> Tombstones)
{
    private const string Kind = "living near";
    private const int Version = 1;

    public static Manifest Empty { get; } = new(0, 1, 1, [], []);

    public void Write(string path, IStorage storage)
    {
        using var file = new SectionFileWriter(path, Kind, Version, storage);
        file.Add("numbers", MemoryMarshal.AsBytes<long>([Checkpoint, FirstLog, NextNumber]));
        file.Add("segments", MemoryMarshal.AsBytes<SegmentEntry>([.. Segments]));
        file.Begin("tombstones");
        foreach (var tombstone in Tombstones) file.Write(MemoryMarshal.AsBytes<long>([tombstone.Time, tombstone.Id]));
        file.Commit();
    }

    /// <exception cref="IndexFileException">The manifest is damaged or from a newer version.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static Manifest Read(string path, IStorage storage)
    {
        using var file = SectionFile.Open(path, Kind, Version, storage);
        file.Verify();
        var numbers = MemoryMarshal.Cast<byte, long>(file.Bytes("numbers"));
        if (numbers.Length != 3) throw file.Damaged("numbers");
        var segments = MemoryMarshal.Cast<byte, SegmentEntry>(file.Bytes("segments")).ToArray();
        var tombstones = MemoryMarshal.Cast<byte, long>(file.Bytes("tombstones"));
        var read = new Tombstone[tombstones.Length / 2];
        for (var i = 0; i < read.Length; i++) read[i] = new(tombstones[2 * i], (int)tombstones[2 * i + 1]);
        return new(numbers[0], numbers[1], numbers[2], segments, read);
    }
}
