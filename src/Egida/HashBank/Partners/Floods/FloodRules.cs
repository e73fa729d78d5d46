namespace Egida.HashBank.Partners.Floods;

/// <summary>When a record matches suspiciously often. Pure. Nobody can say how often is right, but it can be said what is unlike before (docs/decisions/0112).</summary>
/// <param name="Floor">So many matches in one hour are never a flood.</param>
/// <param name="Factor">How many times as many as in its busiest hour until then.</param>
internal sealed record FloodRules(int Floor, int Factor)
{
    public static FloodRules From(IConfiguration configuration) => new(
        Math.Max(1, configuration.GetValue("HashBank:Floods:Floor", 500)),
        Math.Max(1, configuration.GetValue("HashBank:Floods:Factor", 8)));

    /// <summary>Does it begin with these matches? Once an hour at most: after a person let the record go, it isn't stopped again for what they have seen.</summary>
    /// <param name="before">Matches of this hour so far.</param>
    /// <param name="now">With those that were added.</param>
    /// <param name="busiest">Of the hours before this one.</param>
    public bool Begins(long before, long now, long busiest)
    {
        var most = Math.Max(Floor, Factor * busiest);
        return before <= most && now > most;
    }
}
