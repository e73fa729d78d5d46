using System.Collections.Concurrent;

namespace Egida.Takedown;

/// <summary>How often one letter's page was opened or answered in the present ten minutes, in this process. Nobody's network address is kept.</summary>
internal sealed class AnswerRates(TimeProvider clock)
{
    public const int Most = 60;

    private const int Letters = 10_000;
    private static readonly long Span = TimeSpan.FromMinutes(10).Ticks;

    private readonly ConcurrentDictionary<NoticeLetterId, (long Time, int Count)> counts = new();

    public bool Take(NoticeLetterId letter)
    {
        var time = clock.GetUtcNow().Ticks / Span;
        if (counts.Count >= Letters)
        {
            foreach (var old in counts.Where(c => c.Value.Time != time))
            {
                counts.TryRemove(old);
            }
        }

        var after = counts.AddOrUpdate(letter, _ => (time, 1), (_, before) => before.Time == time ? (time, Math.Min(before.Count, Most) + 1) : (time, 1));
        return after.Count <= Most;
    }
}
