using Egida.Platform.Actions;
using Egida.Platform.Database;

namespace Egida.HashBank.Partners.Ranges;

/// <param name="Asked">About how many different ranges.</param>
/// <param name="Ranges">How many there are.</param>
public sealed record PartnerStopped(HashPartnerId PartnerId, HashKind Kind, int Epoch, int Asked, int Ranges) : DomainEvent;

/// <summary>A range that a partner asks for.</summary>
/// <param name="Ranges">How many there are.</param>
internal sealed record RangeAsked(HashKind Kind, int Epoch, int Range, int Ranges)
{
    /// <summary>Set when the question was counted: it isn't answered.</summary>
    public bool IsStopped { get; set; }
}

/// <summary>
/// Whoever asks for every range has the whole list. Counts the ranges that a partner asks for, in the action that counts the question, and stops one that asks for more
/// of them than a share, until a person has decided.
/// </summary>
internal sealed class RangeBrake(EgidaDb db, RangeKeys keys, IConfiguration configuration)
{
    private readonly double share = Math.Clamp(configuration.GetValue("HashBank:Ranges:Share", 0.1), 0, 1);

    /// <summary>Few ranges are of a small list: with some questions nobody has it.</summary>
    private const int LeastAllowed = 8;

    /// <summary>How many different ranges are still usual.</summary>
    internal static int Allowed(int ranges, double share) => Math.Max(LeastAllowed, (int)Math.Ceiling(share * ranges));

    public async Task Count(ActionContext action, HashPartnerId partnerId, RangeAsked asked, CancellationToken cancellation)
    {
        var use = await db.Set<RangeUse>().FindAsync([partnerId, asked.Kind, asked.Epoch], cancellation);
        if (use is null)
        {
            use = new RangeUse { PartnerId = partnerId, Kind = asked.Kind, Epoch = asked.Epoch, Sketch = PrefixSketch.Empty, Allowed = Allowed(asked.Ranges, share) };
            db.Add(use);
        }

        var sketch = use.Sketch.ToArray();
        PrefixSketch.Add(sketch, keys.Sketch(partnerId, asked.Kind, asked.Epoch), asked.Range);
        (use.Sketch, use.Asked) = (sketch, use.Asked + 1);
        var different = PrefixSketch.Estimate(sketch);
        var partner = (await db.Set<HashPartner>().FindAsync([partnerId], cancellation))!;
        if (partner.RangesStoppedAt is null && different > use.Allowed)
        {
            partner.RangesStoppedAt = action.Now;
            action.Emit(new PartnerStopped(partnerId, asked.Kind, asked.Epoch, different, asked.Ranges));
        }

        asked.IsStopped = partner.RangesStoppedAt is not null;
    }
}
