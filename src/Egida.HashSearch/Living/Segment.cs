using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>Records that don't change any more: a memory-mapped <see cref="NearIndex"/>, exact as of a time.</summary>
internal sealed unsafe class Segment : Level
{
    private Segment(SegmentEntry entry, NearIndex index) => (Entry, Index) = (entry, index);

    public SegmentEntry Entry { get; }

    public NearIndex Index { get; }

    public int Count => (int)Index.Count;

    public static Segment Open(IndexFolder folder, SegmentEntry entry, IStorage storage) =>
        new(entry, NearIndex.OpenFrom(storage, folder.Segment(entry.Number)));

    /// <summary>The same segment, exact as of another time.</summary>
    public Segment At(long asOf) => new(Entry with { AsOf = asOf }, Index);

    public override void FindAll(in Hash256 query, int radius, LevelCollector found)
    {
        found.Enter(Entry);
        Index.Search(query, radius, found);
    }

    public override void FindAll(ReadOnlySpan<Hash256> queries, int radius, LevelCollector found)
    {
        found.Enter(Entry);
        Index.Search(queries, radius, found);
    }

    /// <summary>Adds the records that are there at a time, not before <see cref="SegmentEntry.AsOf"/>, except those that others have.</summary>
    public void CopyTo(RecordBuffer records, Tombstones tombstones, long time, Func<Hash256, int, bool> othersHave, CancellationToken cancellation)
    {
        foreach (var part in Index.Parts)
        {
            for (var code = 0; code < part.Shape.Codes; code++)
            {
                if ((code & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
                var hash = part.Codes[code];
                foreach (var id in part.RecordsOf(code))
                    if (!tombstones.Hides(id, Entry.AsOf, time) && !othersHave(hash, id)) records.Add(hash, id);
            }
        }
    }

    /// <summary>Whether it holds this hash of this record, removed or not.</summary>
    public bool Holds(in Hash256 hash, int id, NearMatches scratch)
    {
        scratch.Clear();
        Index.FindAll(hash, 0, scratch);
        foreach (var match in scratch.AsSpan())
            if (match.Id == id) return true;
        return false;
    }

    /// <summary>For one that never became part of the index.</summary>
    public void Discard() => Free();

    protected override void Free() => Index.Dispose();
}
