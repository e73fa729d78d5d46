namespace Egida.HashBank.Nodes;

/// <summary>How far an index is behind its bank, in changes and in seconds: since when the bank has had a change that the index doesn't know.</summary>
internal sealed class NodeLag
{
    private readonly Lock gate = new();
    private readonly Queue<(DateTime At, long Changes)> unknown = [];
    private long last;

    /// <summary>At this time the bank had so many changes.</summary>
    public void Saw(DateTime at, long changes)
    {
        lock (gate)
        {
            // After a restore the numbers begin lower.
            if (changes < last) unknown.Clear();
            if (changes != last) unknown.Enqueue((at, changes));
            last = changes;
        }
    }

    public (long Changes, TimeSpan Time) Of(long followed, DateTime now)
    {
        lock (gate)
        {
            while (unknown.TryPeek(out var first) && first.Changes <= followed) unknown.Dequeue();
            return (Math.Max(0, last - followed), unknown.TryPeek(out var oldest) ? now - oldest.At : TimeSpan.Zero);
        }
    }
}
