using Egida.HashSearch;

namespace Egida.HashBank.Clusters;

/// <summary>
/// What changes in the clusters when some records change. The clusters are a function of the records that take part, in whatever order they came: going through them
/// by their numbers, a record belongs to the nearest earlier representative within the radius, and if there is none it represents itself. So nobody is
/// farther from the representative than the radius, whatever chain of lookalikes there is; and a change of one record concerns only later ones near it, which are
/// looked at again in the order of their numbers, each once.
/// </summary>
/// <param name="kept">Who is a member, as the clusters are kept. Not changed here.</param>
/// <param name="mostFound">Looks are asked for together as long as they find about so many neighbours: of a large crowd one after the other.</param>
internal sealed class Regrouping(IClusterSource source, MemberSet kept, int mostFound = 1 << 20)
{
    private const int Together = 1024;
    private const int LooksTogether = 256;

    /// <summary>Of crowds, so many neighbours are read ahead and no more.</summary>
    private const int MostAhead = 1 << 22;

    /// <summary>So many times more looks than the last time, if those found little: the first of a crowd may be among them.</summary>
    private const int Growth = 4;

    private readonly SortedSet<int> waiting = [];
    private readonly HashSet<int> ahead = [];
    private readonly Dictionary<int, Hash256?> looks = [];
    private readonly Dictionary<int, int[]> near = [];
    private readonly Dictionary<int, ClusterMember> rows = [];
    private readonly Dictionary<int, List<int>> membersOf = [];
    private readonly NearMatches matches = new();
    private int looksTogether = 1;

    /// <summary>Records whose place is another one, with their row; null for none.</summary>
    public Dictionary<int, ClusterMember?> Moved { get; } = [];

    /// <summary>Representatives whose clusters are to be counted anew, among them some that represent nobody.</summary>
    public HashSet<int> Touched { get; } = [];

    /// <param name="changed">Numbers of records that are, or were, different.</param>
    public async Task Run(IEnumerable<int> changed, CancellationToken cancellation)
    {
        waiting.UnionWith(changed);
        while (waiting.Count > 0)
        {
            var record = waiting.Min;
            if (!ahead.Contains(record)) await ReadAhead(cancellation);
            waiting.Remove(record);
            await Place(record, cancellation);
            near.Remove(record);
        }
    }

    /// <summary>Everything before it has its place already.</summary>
    private async Task Place(int record, CancellationToken cancellation)
    {
        Touched.Add(record);
        if (IsMember(record) && rows.TryGetValue(record, out var before)) Touched.Add(before.Representative.Value);
        // Whoever belongs to it looks for a place again: it may be its own now, or another one's.
        if (membersOf.TryGetValue(record, out var members)) waiting.UnionWith(members);
        if (looks[record] is not { } look)
        {
            Move(record, null);
            return;
        }

        if (await Nearest(record, look, cancellation) is { } representative)
        {
            Touched.Add(representative.Record);
            Move(record, new ClusterMember { RecordId = new(record), Representative = new(representative.Record), Distance = (byte)representative.Distance });
            return;
        }

        Move(record, null);
        foreach (var other in near[record])
        {
            if (other > record) waiting.Add(other);
        }
    }

    private async Task<(int Distance, int Record)?> Nearest(int record, Hash256 look, CancellationToken cancellation)
    {
        var before = near[record].Where(other => other < record && !IsMember(other)).ToList();
        await ReadLooks(before, cancellation);
        return before.Where(other => looks[other] is { } theirs && Neighbourhood.IsNear(look, theirs))
            .Select(other => ((int, int)?)(look.Distance(looks[other]!.Value), other)).Min();
    }

    private bool IsMember(int record) => Moved.TryGetValue(record, out var row) ? row is not null : kept[record];

    private void Move(int record, ClusterMember? row)
    {
        var before = rows.GetValueOrDefault(record);
        var isSame = before is null ? row is null && !kept[record] : row is not null && (before.Representative, before.Distance) == (row.Representative, row.Distance);
        if (isSame) Moved.Remove(record);
        else Moved[record] = row;
    }

    /// <summary>The next records that wait: their looks, what is near them, and where they are now.</summary>
    private async Task ReadAhead(CancellationToken cancellation)
    {
        var next = waiting.Where(r => !ahead.Contains(r)).Take(Together).ToList();
        await ReadLooks(next, cancellation);
        foreach (var row in await source.Members(next, cancellation))
        {
            rows[row.RecordId.Value] = row;
            var representative = row.Representative.Value;
            if (!membersOf.TryGetValue(representative, out var members)) membersOf.Add(representative, members = []);
            if (!members.Contains(row.RecordId.Value)) members.Add(row.RecordId.Value);
        }

        ahead.UnionWith(next.Where(r => looks[r] is null));
        SearchAhead(next.FindAll(r => looks[r] is not null));

        // All at once, instead of a few for each.
        await ReadLooks([.. next.Where(near.ContainsKey).SelectMany(r => near[r].Where(other => other < r && !IsMember(other))).Distinct()], cancellation);
    }

    /// <summary>What is near them, in few searches, until it is very much.</summary>
    private void SearchAhead(List<int> records)
    {
        for (int done = 0, found = 0; done < records.Count && found <= MostAhead; found += matches.Count)
        {
            var some = records.GetRange(done, Math.Min(looksTogether, records.Count - done));
            matches.Clear();
            source.Near([.. some.Select(r => looks[r]!.Value)], matches);
            Keep(some);
            done += some.Count;
            looksTogether = (int)Math.Clamp((long)mostFound * some.Count / Math.Max(1, matches.Count), 1, Math.Min(Growth * some.Count, LooksTogether));
        }
    }

    /// <summary>Each gets its own of the matches, counted first: there may be millions.</summary>
    private void Keep(List<int> some)
    {
        var counts = new int[some.Count];
        foreach (ref readonly var match in matches.AsSpan()) counts[match.Query]++;
        var found = Array.ConvertAll(counts, count => new int[count]);
        foreach (ref readonly var match in matches.AsSpan()) found[match.Query][--counts[match.Query]] = match.Id;
        for (var i = 0; i < found.Length; i++) near[some[i]] = found[i];
        ahead.UnionWith(some);
    }

    private async Task ReadLooks(List<int> records, CancellationToken cancellation)
    {
        var missing = records.FindAll(r => !looks.ContainsKey(r));
        if (missing.Count == 0)
        {
            return;
        }

        var found = await source.Looks(missing, cancellation);
        foreach (var record in missing) looks[record] = found.TryGetValue(record, out var look) ? look : null;
    }
}
