namespace Egida.HashSearch.Living;

/// <summary>The levels and the time as they are at this instant: where the writer publishes and readers begin.</summary>
internal sealed class Current(Levels levels, long now)
{
    private Levels? _levels = levels;
    private long _now = now;

    /// <summary>For those who keep them from being let go of: who changes them, and compaction.</summary>
    public Levels Levels => Volatile.Read(ref _levels) ?? throw new ObjectDisposedException(nameof(LivingNearIndex));

    public long Now => Volatile.Read(ref _now);

    /// <summary>Never waits: it begins again only if the levels were replaced at this very moment.</summary>
    public Snapshot Take()
    {
        while (true)
        {
            var levels = Levels;
            if (!levels.TryHold()) continue;
            var now = Volatile.Read(ref _now);
            // Still the same levels after the time was read: so they have all changes up to that time. And changes that aren't in
            // them any more, because compaction has carried them out, were published before the levels were, and so before that time.
            if (Volatile.Read(ref _levels) == levels) return new(levels, now);
            levels.LetGo();
        }
    }

    /// <summary>Shows everybody the changes up to this number.</summary>
    public void Publish(long now) => Volatile.Write(ref _now, now);

    /// <summary>One at a time.</summary>
    public void Replace(Levels? levels)
    {
        var old = _levels;
        Volatile.Write(ref _levels, levels);
        old?.LetGo();
    }
}
