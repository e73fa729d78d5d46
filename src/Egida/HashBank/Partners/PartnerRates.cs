using System.Collections.Concurrent;

namespace Egida.HashBank.Partners;

/// <summary>How many hashes a partner has asked in the present minute, in this process.</summary>
internal sealed class PartnerRates(TimeProvider clock)
{
    private readonly ConcurrentDictionary<HashPartnerId, (long Minute, int Asked)> asked = new();

    /// <returns>Null if they may ask so many more, else how long to wait. Of a request that would go over, nothing is answered and nothing counted.</returns>
    public TimeSpan? Take(HashPartner partner, int hashes)
    {
        var now = clock.GetUtcNow();
        var minute = now.Ticks / TimeSpan.TicksPerMinute;
        var granted = false;
        asked.AddOrUpdate(partner.Id, _ => Taken((minute, 0)), (_, before) => Taken(before.Minute == minute ? before : (minute, 0)));
        return granted ? null : TimeSpan.FromTicks((minute + 1) * TimeSpan.TicksPerMinute - now.Ticks);

        (long, int) Taken((long Minute, int Asked) before)
        {
            granted = before.Asked + hashes <= partner.PerMinute;
            return granted ? (before.Minute, before.Asked + hashes) : before;
        }
    }
}
