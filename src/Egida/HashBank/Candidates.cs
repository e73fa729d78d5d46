using Egida.HashBank.Index;
using Egida.HashBank.Looks;
using Egida.HashSearch;

namespace Egida.HashBank;

/// <summary>For each hash of a question the records that may have it, each once. The index is asked once for each kind: in batches it is faster.</summary>
internal sealed class Candidates
{
    private readonly List<int> numbers = [];
    private readonly int[] ends;

    public Candidates(IReadOnlyList<BankSearch.Asked> asked, BankIndex index, OpaqueLooks? opaque)
    {
        var found = new List<Candidate>();
        foreach (var kind in Enumerable.Range(0, asked.Count).GroupBy(i => asked[i].Kind))
        {
            AddSame(kind.Key, [.. kind], asked, index, found);
        }

        foreach (var radius in Enumerable.Range(0, asked.Count).Where(i => asked[i].Kind == HashKind.Pdq).GroupBy(i => asked[i].Radius))
        {
            AddNear(radius.Key, [.. radius], asked, index, found);
        }

        foreach (var distance in Enumerable.Range(0, opaque is null ? 0 : asked.Count).Where(i => asked[i] is { Kind: HashKind.PhotoDna, Radius: > 0 }).GroupBy(i => asked[i].Radius))
        {
            AddOpaque(distance.Key, [.. distance], asked, opaque!, found);
        }

        // A record may have been found by its very value and as a lookalike.
        found.Sort(static (left, right) => (left.Asked, left.Record).CompareTo((right.Asked, right.Record)));
        ends = new int[asked.Count];
        for (int i = 0, next = 0; i < ends.Length; ends[i++] = numbers.Count)
        {
            for (; next < found.Count && found[next].Asked == i; next++)
            {
                if (next == 0 || found[next] != found[next - 1]) numbers.Add(found[next].Record);
            }
        }
    }

    /// <summary>All of them, each once.</summary>
    public HashSet<int> All => [.. numbers];

    public ReadOnlySpan<int> Of(int asked) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers)[(asked == 0 ? 0 : ends[asked - 1])..ends[asked]];

    private static void AddSame(HashKind kind, int[] places, IReadOnlyList<BankSearch.Asked> asked, BankIndex index, List<Candidate> found)
    {
        var first = found.Count;
        index.Find(kind, Array.ConvertAll(places, i => asked[i].Value), found);
        GiveBackPlaces(found, first, places);
    }

    private static void AddOpaque(int distance, int[] places, IReadOnlyList<BankSearch.Asked> asked, OpaqueLooks opaque, List<Candidate> found)
    {
        var first = found.Count;
        opaque.Find(Array.ConvertAll(places, i => asked[i].Value), distance, found);
        GiveBackPlaces(found, first, places);
    }

    /// <summary>The index knows a value by its place among those of its kind.</summary>
    private static void GiveBackPlaces(List<Candidate> found, int first, int[] places)
    {
        foreach (ref var candidate in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found)[first..])
        {
            candidate = candidate with { Asked = places[candidate.Asked] };
        }
    }

    private static void AddNear(int radius, int[] places, IReadOnlyList<BankSearch.Asked> asked, BankIndex index, List<Candidate> found)
    {
        var near = new NearMatches();
        index.FindNear(Array.ConvertAll(places, i => Hash256.FromBytes(asked[i].Value)), radius, near);
        var (query, taken) = (-1, 0);
        foreach (var match in near.AsSpan())
        {
            (query, taken) = (match.Query, match.Query == query ? taken + 1 : 1);
            if (taken <= BankSearch.MostLookalikes) found.Add(new Candidate(places[query], match.Id));
        }
    }
}
