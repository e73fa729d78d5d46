using Egida.Intake;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 2: name → addresses → network, country, provider, abuse contact.</summary>
internal static class WalkTraced
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Traced, cancellation);
        var trace = await walk.Read(db => db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == walk.Item).OrderBy(t => t.At).FirstAsync(cancellation));
        Walk.Holds(trace.Country == "PL", $"hosted in PL (found: {trace.Country})");
        Walk.Holds(!string.IsNullOrEmpty(trace.Address) && !string.IsNullOrEmpty(trace.NetworkName), "the address and its network are known");
        Walk.Holds(trace.AbuseMail?.Contains('@', StringComparison.Ordinal) == true, "an abuse contact is known");
        var queries = (await walk.Partners.Ask("rdap/queries")).ToString();
        Walk.Holds(queries.Contains(trace.Address!, StringComparison.Ordinal), "the registry was asked for that address");
        return $"{trace.Address} in {trace.NetworkName} ({trace.Country}), abuse contact {trace.AbuseMail}";
    }
}
