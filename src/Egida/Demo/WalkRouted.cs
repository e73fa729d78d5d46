using Egida.Intake;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 6: hosted in Poland, so police first, then the provider; the decision names its rule.</summary>
internal static class WalkRouted
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Routed, cancellation);
        var decision = await walk.Read(db => db.Set<RoutingDecision>().AsNoTracking().SingleAsync(d => d.ItemId == walk.Item, cancellation));
        Walk.Holds(decision.Acts.Select(a => a.Kind).SequenceEqual([ActKind.Police, ActKind.Provider]), "police first, then the provider");
        Walk.Holds(decision.Acts[1].After == ActKind.Police, "the notice waits for the police");

        using var liaison = await walk.Staff.SignIn(Access.Role.PoliceLiaison, cancellation);
        await liaison.Open($"/staff/items/{walk.Item}");
        Walk.Holds(liaison.Text.Contains(decision.Rule, StringComparison.Ordinal), "the item's page names the rule");
        return $"rule {decision.Rule}: {string.Join(", then ", decision.Acts.Select(a => a.Kind.ToString().ToLowerInvariant()))}";
    }
}
