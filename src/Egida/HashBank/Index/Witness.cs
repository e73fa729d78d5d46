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
/// <remarks>Of each, after how many batches that this process added: what is on the disk is counted in these, because the numbers of changes begin again after a restore.</remarks>
internal sealed class Witnesses(IEnumerable<Witness> known)
{
    private const int Most = 96;

    private readonly List<(Witness At, long Added)> all = [.. known.Select(w => (w, 0L))];

    public IReadOnlyList<Witness> All => [.. all.Select(w => w.At)];

    /// <summary>Those to which everything is on the disk once so many batches are.</summary>
    public IReadOnlyList<Witness> Within(long added) => [.. all.Where(w => w.Added <= added).Select(w => w.At)];

    /// <param name="added">So many batches had been added when the index was there.</param>
    public void Add(Witness witness, long added)
    {
        if (all.Exists(w => w.At.Entry == witness.Entry && w.At.Changes >= witness.Changes && w.At.Root.AsSpan().SequenceEqual(witness.Root)))
        {
            return;
        }

        // Of the same entry another history's goes; an earlier point of this one stays, because it may be the last that is on the disk.
        all.RemoveAll(w => w.At.Entry == witness.Entry && (w.At.Changes == witness.Changes || !w.At.Root.AsSpan().SequenceEqual(witness.Root)));
        all.Insert(all.FindLastIndex(w => w.At.Entry <= witness.Entry) + 1, (witness, added));
        if (all.Count > Most)
        {
            // Every second of the older half.
            var older = all.Take(Most / 2).Where((_, i) => i % 2 == 0).ToList();
            all.RemoveRange(0, Most / 2);
            all.InsertRange(0, older);
        }
    }
}
