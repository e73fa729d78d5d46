using System.Net;
using Egida.Platform.Database;
using Egida.Tracing.Domains;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Origins;

/// <param name="Source">Of the fact: `domain-rule`, or `told NETWORK`.</param>
internal sealed record KnownOrigin(IPAddress Address, string Source);

/// <summary>Where a host really is, if somebody here wrote it down: as a rule about its domain, or as the answer of the delivery network before it.</summary>
internal sealed class KnownOrigins(IServiceScopeFactory scopes)
{
    /// <param name="network">That stands before it now; null when none is known to.</param>
    public async Task<KnownOrigin?> Of(string host, DeliveryNetwork? network, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
        if (await DomainRules.For(db, host, DomainRuleKind.FixedHost, cancellation) is { } rule && IPAddress.TryParse(rule.Value, out var at))
        {
            return new KnownOrigin(at, "domain-rule");
        }

        var told = network is null
            ? null
            : await db.Set<OriginQuestion>().Where(q => q.Host == host && q.Network == network.Name).Select(q => q.Origin).FirstOrDefaultAsync(cancellation);
        return IPAddress.TryParse(told, out var origin) ? new KnownOrigin(origin, $"told {network!.Name}") : null;
    }
}
