using System.Runtime.InteropServices;
using Egida.HashSearch;
using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>The digests of one kind while a list is gathered, and which record each belongs to.</summary>
internal sealed class DigestColumn<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly List<TDigest> _digests = [];
    private readonly List<int> _records = [];

    public int Count => _digests.Count;

    public void Add(IReadOnlyList<TDigest> digests, int record)
    {
        foreach (var digest in digests)
        {
            _digests.Add(digest);
            _records.Add(record);
        }
    }

    /// <param name="rows">The row of each record, in the order in which they were added.</param>
    public void Write(BodyWriter body, int[] rows)
    {
        if (Count == 0) return;
        using (var index = ExactIndex.Build<TDigest>(CollectionsMarshal.AsSpan(_digests))) body.AddIndex(ListSection.DigestsOf(TDigest.Name), index.Save);
        body.AddTable<int>(ListSection.RowsOf(TDigest.Name), [.. _records.Select(record => rows[record])]);
    }
}
