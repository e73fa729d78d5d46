namespace Egida.HashBank.Index;

/// <summary>
/// A point of the bank's history. A database whose log of actions has this root at this entry has all that happened until then and nothing else (RFC 6962): so whoever
/// knows the changes up to <paramref name="Changes"/> misses none of them there. A database that was restored and went on has other roots.
/// </summary>
/// <param name="Entry">Of the log of actions; -1 before the first.</param>
/// <param name="Root">The log's root with that entry as the last; empty before the first.</param>
/// <param name="Changes">The last change of the bank until then, or an earlier one.</param>
internal sealed record Witness(long Entry, byte[] Root, long Changes);

/// <summary>The points at which an index has been, the newest last: all of the last ones, and of those before fewer the older they are.</summary>
internal sealed class Witnesses(IEnumerable<Witness> known)
{
    private const int Most = 96;

    private readonly List<Witness> all = [.. known];

    public IReadOnlyList<Witness> All => [.. all];

    public void Add(Witness witness)
    {
        if (all.Exists(w => w.Entry == witness.Entry && w.Changes >= witness.Changes && w.Root.AsSpan().SequenceEqual(witness.Root)))
        {
            return;
        }

        all.RemoveAll(w => w.Entry == witness.Entry);
        all.Insert(all.FindLastIndex(w => w.Entry < witness.Entry) + 1, witness);
        if (all.Count > Most)
        {
            // Every second of the older half.
            var older = all.Take(Most / 2).Where((_, i) => i % 2 == 0).ToList();
            all.RemoveRange(0, Most / 2);
            all.InsertRange(0, older);
        }
    }
}
