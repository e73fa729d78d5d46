using Egida.HashSearch;

namespace Egida.Match.Reading;

/// <summary>Looks a digest up in all files.</summary>
internal static class DigestLookup
{
    public static IReadOnlyList<KnownMatch> Find<TDigest>(
        IReadOnlyList<ListFile> newestFirst, TDigest digest, ListKinds kind, Func<ListFile, DigestPart<TDigest>?> partOf) where TDigest : unmanaged, IDigest<TDigest>
    {
        List<KnownMatch>? matches = null;
        for (var i = 0; i < newestFirst.Count; i++)
        {
            if (partOf(newestFirst[i]) is not { } part) continue;
            var first = part.Index.Find(digest);
            if (first == ExactIndex.NotFound) continue;
            Add(i, part, first);
            foreach (var other in part.Index.OthersLike(first)) Add(i, part, other);
        }
        return matches is null ? [] : matches;

        void Add(int file, DigestPart<TDigest> part, int place)
        {
            var rows = newestFirst[file].Rows(part.Rows);
            if ((uint)place >= (uint)rows.Length) throw Answers.Malformed(newestFirst[file]);
            if (Answers.Of(newestFirst, file, rows[place], kind) is { } match && matches?.Exists(other => other.Number == match.Number) != true) (matches ??= []).Add(match);
        }
    }
}
