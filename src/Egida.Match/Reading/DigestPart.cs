using Egida.HashSearch;
using Egida.Match.Format;

namespace Egida.Match.Reading;

/// <summary>The digests of one kind, and the row of the record that each belongs to.</summary>
internal sealed class DigestPart<TDigest>(ExactIndex<TDigest> index, Table<int> rows) : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    public ExactIndex<TDigest> Index => index;

    public Table<int> Rows => rows;

    public void Dispose() => index.Dispose();
}

internal static class DigestPart
{
    /// <summary>Null if the list has no digests of this kind.</summary>
    public static DigestPart<TDigest>? Open<TDigest>(ListParts parts) where TDigest : unmanaged, IDigest<TDigest>
    {
        var rows = parts.Table<int>(ListSection.RowsOf(TDigest.Name));
        return parts.Exact<TDigest>(ListSection.DigestsOf(TDigest.Name)) is { } index ? new(index, rows) : null;
    }
}
