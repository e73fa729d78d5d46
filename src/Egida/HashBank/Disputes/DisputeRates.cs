using System.Collections.Concurrent;
using Egida.HashBank.Partners;

namespace Egida.HashBank.Disputes;

/// <summary>How many disputes a partner has sent in the present minute, in this process.</summary>
internal sealed class DisputeRates(DisputeTerms terms, TimeProvider clock)
{
    private readonly ConcurrentDictionary<HashPartnerId, (long Minute, int Sent)> sent = new();

    public int PerMinute => terms.PartnerPerMinute;

    /// <returns>Null if one more is taken, else how long to wait.</returns>
    public TimeSpan? Take(HashPartnerId partner)
    {
        var now = clock.GetUtcNow();
        var minute = now.Ticks / TimeSpan.TicksPerMinute;
        var after = sent.AddOrUpdate(partner, _ => (minute, 1), (_, before) => before.Minute == minute ? (minute, Math.Min(before.Sent, PerMinute) + 1) : (minute, 1));
        return after.Sent <= PerMinute ? null : TimeSpan.FromTicks((minute + 1) * TimeSpan.TicksPerMinute - now.Ticks);
    }
}
