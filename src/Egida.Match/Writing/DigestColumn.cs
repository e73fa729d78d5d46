using Egida.HashSearch;
using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>The digests of one kind while a list is gathered, and which record each belongs to.</summary>
internal sealed class DigestColumn<TDigest>(string scratch) : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly Column<TDigest> _digests = new(scratch);
    private readonly Column<int> _records = new(scratch);

    public void Add(IReadOnlyList<TDigest> digests, int record)
    {
        foreach (var digest in digests)
        {
            _digests.Add(digest);
            _records.Add(record);
        }
    }

    public void Write(BodyWriter body, RowOrder order)
    {
        if (_digests.Count == 0) return;
        using (var index = ExactIndex.Build(_digests.All())) body.AddIndex(ListSection.DigestsOf(TDigest.Name), index.Save);
        body.AddTable(ListSection.RowsOf(TDigest.Name), order.RowsOf(_records.All()));
    }

    public void Dispose()
    {
        _digests.Dispose();
        _records.Dispose();
    }
}
