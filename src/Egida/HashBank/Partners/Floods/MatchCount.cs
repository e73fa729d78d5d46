namespace Egida.HashBank.Partners.Floods;

/// <summary>How often one request met each record. Pure.</summary>
internal static class MatchCount
{
    /// <summary>
    /// The same hash twice is one question, and several kinds of one file are one match: of a record counts the kind by which it was met most. What it may not answer at
    /// present counts as well, or else a quarantine would look like the end of the flood.
    /// </summary>
    public static Dictionary<int, int> Of(IReadOnlyList<BankSearch.Asked> asked, IReadOnlyList<IReadOnlyList<BankHit>> hits)
    {
        HashSet<(HashKind, string)>? seen = null;
        Dictionary<(int Record, HashKind Kind), int>? counts = null;
        for (var i = 0; i < asked.Count; i++)
        {
            if (hits[i].Count == 0 || !(seen ??= []).Add((asked[i].Kind, Convert.ToHexString(asked[i].Value)))) continue;
            foreach (var hit in hits[i])
            {
                if (hit.Record.IsUsed) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts ??= [], (hit.Record.Id.Value, hit.Kind), out _)++;
            }
        }

        return counts?.GroupBy(c => c.Key.Record).ToDictionary(g => g.Key, g => g.Max(c => c.Value)) ?? [];
    }
}
