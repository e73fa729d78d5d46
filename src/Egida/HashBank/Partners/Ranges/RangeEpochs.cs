namespace Egida.HashBank.Partners.Ranges;

/// <summary>For how long a range key holds. Pure. The epoch before answers too, so that nobody has to change keys at one instant.</summary>
/// <param name="Days">HashBank:Ranges:EpochDays.</param>
internal sealed record RangeEpochs(int Days)
{
    public static RangeEpochs From(IConfiguration configuration) => new(Math.Clamp(configuration.GetValue("HashBank:Ranges:EpochDays", 1), 1, 365));

    public int At(DateTimeOffset now) => (int)(now.ToUnixTimeSeconds() / 86_400 / Days);

    public DateTimeOffset Begin(int epoch) => DateTimeOffset.FromUnixTimeSeconds(86_400L * Days * epoch);

    public bool Answers(int epoch, DateTimeOffset now) => At(now) - epoch is 0 or 1;
}
